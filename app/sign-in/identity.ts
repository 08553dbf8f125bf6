import type { KnownUser } from "../store/server-store.ts";
import { isAtLeast, type Role } from "./roles.ts";

/** Who asks. */
export type Identity =
  /** Nobody we know. */
  | { readonly kind: "anonymous" }
  /** Whoever sits at a machine that nobody else reaches. */
  | { readonly kind: "local" }
  | { readonly kind: "machine"; readonly name: string; readonly role: Role }
  /** Signed in; `role` as the repository's permission gives it now, null for no right in it. */
  | {
      readonly kind: "user";
      readonly user: KnownUser;
      readonly role: Role | null;
      /** What a page must send along with a change. */
      readonly csrfToken: string;
      readonly sessionHash: string;
    };

export const anonymous: Identity = { kind: "anonymous" };

/** Who asks, as a database is told: the rows that it shows may depend on it. */
export interface DatabaseCaller {
  /** GitHub's number of a person, `machine:<name>`, or "" for everybody else. */
  readonly id: string;
  /** `read`, `write`, `admin`, or `anonymous`. */
  readonly role: string;
}

export function databaseCaller(identity: Identity): DatabaseCaller {
  switch (identity.kind) {
    case "anonymous":
    case "local":
      return nobody;
    case "machine":
      return { id: `machine:${identity.name}`, role: identity.role };
    case "user":
      return { id: String(identity.user.id), role: identity.role ?? nobody.role };
    default: {
      const never: never = identity;
      throw new Error(`Unknown identity ${String(never)}`);
    }
  }
}

/** What a database is told when nobody has signed in. */
export const nobody: DatabaseCaller = { id: "", role: "anonymous" };

/** Who asks, for the audit log: the number stays when a name changes hands. */
export function nameOfIdentity(identity: Identity): string {
  if (identity.kind === "user") return `github:${identity.user.id}/${identity.user.login}`;
  return identity.kind === "machine" ? `machine:${identity.name}` : identity.kind;
}

/** Whether somebody has at least a role. Whoever sits at a machine that nobody else reaches may do all. */
export function hasRole(identity: Identity, least: Role): boolean {
  if (identity.kind === "local") return true;
  return identity.kind !== "anonymous" && isAtLeast(identity.role, least);
}
