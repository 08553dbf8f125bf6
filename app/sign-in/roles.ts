import { z } from "zod";

/** What somebody may do here: read the pages, run queries, look after the connections. Each may what the ones before may. */
export const roles = ["read", "write", "admin"] as const;
export type Role = (typeof roles)[number];

/** What GitHub says somebody may do in a repository. */
export const permissions = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Permission = (typeof permissions)[number];

/** Which role each permission gives; null for none. */
export type RoleMap = Readonly<Record<Permission, Role | null>>;

export const defaultRoles: RoleMap = {
  none: null,
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

const pair = z.tuple([z.enum(permissions), z.enum([...roles, "none"])]);

/** Reads `read=none, triage=write …`; what is not named stays as it is. Null for a text that is no such list. */
export function parseRoleMap(text: string): RoleMap | null {
  const given: Partial<Record<Permission, Role | null>> = {};
  for (const part of text.split(",")) {
    const parsed = pair.safeParse(part.split("=").map((word) => word.trim()));
    if (!parsed.success) return null;
    const [permission, role] = parsed.data;
    given[permission] = role === "none" ? null : role;
  }
  // Whoever has no right in the repository has none here, whatever the list says.
  return { ...defaultRoles, ...given, none: null };
}

/** Whether a role is at least another one. */
export const isAtLeast = (role: Role | null, least: Role): boolean =>
  role !== null && roles.indexOf(role) >= roles.indexOf(least);
