import type { Grant, Owned, Routine, SchemaModel, Table, View } from "../../../model.ts";
import { literal, path, quote, quoteList } from "./text.ts";

type Commented = { readonly comment?: string };

export function comments(model: SchemaModel): readonly string[] {
  const found: string[] = [];
  const say = (what: string, { comment }: Commented): void => {
    if (comment !== undefined) found.push(`COMMENT ON ${what} IS ${literal(comment)}`);
  };
  for (const one of model.schemas) {
    if (one.name !== "public" || one.comment !== "standard public schema") say(`SCHEMA ${quote(one.name)}`, one);
  }
  for (const one of [...model.enums, ...model.composites, ...model.ranges]) say(`TYPE ${path(one)}`, one);
  for (const one of model.domains) say(`DOMAIN ${path(one)}`, one);
  for (const type of model.composites) {
    for (const one of type.attributes) say(`COLUMN ${path(type)}.${quote(one.name)}`, one);
  }
  for (const one of model.sequences) say(`SEQUENCE ${path(one)}`, one);
  for (const table of model.tables) if (table.variant !== "foreign") tableComments(table, say);
  for (const view of model.views) viewComments(view, say);
  for (const one of model.routines) if (one.definition !== undefined) say(signature(one), one);
  for (const one of model.others) {
    if (one.kind === "publication" || one.kind === "event trigger")
      say(`${one.kind.toUpperCase()} ${quote(one.name)}`, one);
    if (one.kind === "statistics") say(`STATISTICS ${path({ schema: one.schema ?? "public", name: one.name })}`, one);
  }
  return found;
}

type Say = (what: string, of: Commented) => void;

function tableComments(table: Table, say: Say): void {
  const own = path(table);
  say(`TABLE ${own}`, table);
  for (const one of table.columns) say(`COLUMN ${own}.${quote(one.name)}`, one);
  for (const one of table.constraints) say(`CONSTRAINT ${quote(one.name)} ON ${own}`, one);
  for (const one of table.indexes) say(`INDEX ${path({ schema: table.schema, name: one.name })}`, one);
  for (const one of table.triggers) say(`TRIGGER ${quote(one.name)} ON ${own}`, one);
  for (const one of table.policies) say(`POLICY ${quote(one.name)} ON ${own}`, one);
}

function viewComments(view: View, say: Say): void {
  const own = path(view);
  say(`${view.materialized ? "MATERIALIZED " : ""}VIEW ${own}`, view);
  for (const one of view.columns) say(`COLUMN ${own}.${quote(one.name)}`, one);
  for (const one of view.indexes) say(`INDEX ${path({ schema: view.schema, name: one.name })}`, one);
  for (const one of view.triggers) say(`TRIGGER ${quote(one.name)} ON ${own}`, one);
}

/** `FUNCTION s.f(in integer, out text)`. */
export function signature(routine: Routine): string {
  const inputs = routine.arguments.filter(
    ({ mode }) => mode !== "table" && (mode !== "out" || routine.variant === "procedure"),
  );
  const types = inputs.map(({ mode, type }) => `${mode === "in" ? "" : `${mode.toUpperCase()} `}${type}`);
  const what = routine.variant === "procedure" || routine.variant === "aggregate" ? routine.variant : "function";
  return `${what.toUpperCase()} ${path(routine)}(${types.length === 0 && what === "aggregate" ? "*" : types.join(", ")})`;
}

/** Rights and owners. The roles must be there. */
export function grants(model: SchemaModel): readonly string[] {
  const found: string[] = [];
  const add = (what: string, object: Owned, isOpen = false): void => {
    if (object.owner !== undefined && !what.startsWith("SCHEMA "))
      found.push(`ALTER ${what} OWNER TO ${quote(object.owner)}`);
    const on = what.replace(/^(?:MATERIALIZED VIEW|VIEW) /, "TABLE ").replace(/^AGGREGATE /, "FUNCTION ");
    // What everybody may do by default was taken away when others are named and everybody is not.
    const own = object.grants ?? [];
    if (isOpen && own.length > 0 && !own.some(({ grantee }) => grantee === "public")) {
      found.push(`REVOKE ALL ON ${on} FROM PUBLIC`);
    }
    found.push(...own.map((grant) => grantText(on, grant)));
  };
  for (const one of model.schemas) add(`SCHEMA ${quote(one.name)}`, one);
  for (const one of model.tables) if (one.variant !== "foreign") add(`TABLE ${path(one)}`, one);
  for (const one of model.views) add(`${one.materialized ? "MATERIALIZED " : ""}VIEW ${path(one)}`, one);
  for (const one of model.sequences) {
    // A sequence of a column has the owner of its table.
    const { owner, ...rest } = one;
    add(`SEQUENCE ${path(one)}`, one.ownedBy === undefined && owner !== undefined ? { ...rest, owner } : rest);
  }
  for (const one of [...model.enums, ...model.composites, ...model.ranges, ...model.domains])
    add(`TYPE ${path(one)}`, one, true);
  for (const one of model.routines) if (one.definition !== undefined) add(signature(one), one, true);
  return found;
}

function grantText(on: string, { grantee, privileges, columns }: Grant): string {
  const list = columns ? ` (${quoteList(columns)})` : "";
  const rights = privileges.map((right) => `${right.toUpperCase()}${list}`).join(", ");
  return `GRANT ${rights} ON ${on} TO ${grantee === "public" ? "PUBLIC" : quote(grantee)}`;
}
