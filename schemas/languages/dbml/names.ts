import type { Dialect, ReferentialAction } from "../../model.ts";
import type { DdlWords } from "../declared/ddl-words.ts";
import type { DeclaredName } from "../declared/declared-schema.ts";

export interface DbmlContext {
  readonly dialect: Dialect;
  readonly path: string;
}

export function nameOf(schema: string | null, name: string, words: DdlWords): DeclaredName {
  return schema === null || schema === "public" || schema === words.defaultSchema ? { name } : { schema, name };
}

const ACTIONS: ReadonlyMap<string, ReferentialAction> = new Map(
  (["cascade", "restrict", "set null", "set default", "no action"] as const).map((action) => [action, action]),
);

export const actionOf = (given: unknown): ReferentialAction | undefined =>
  typeof given === "string" ? ACTIONS.get(given.toLowerCase()) : undefined;
