import type { Span } from "./ast.ts";
import {
  columnsOfRelation,
  hint,
  problem,
  sameName,
  sameTable,
  type KnownCte,
  type Resolution,
  type Source,
} from "./resolve-scope.ts";

/** Schemas of the server's own, whose tables no model has. */
const SYSTEM: ReadonlySet<string> = new Set(["information_schema", "mysql", "performance_schema", "sys"]);

/** The table, view or query of WITH that a name means, under the name it goes by; reports an unknown one. */
export function tableSource(
  resolution: Resolution,
  name: readonly string[],
  {
    alias,
    ctes,
    span,
  }: { readonly alias?: string | undefined; readonly ctes: readonly KnownCte[]; readonly span: Span },
): Source {
  const table = name.at(-1) ?? "";
  const exposed = alias ?? table;
  const [schema, database] = [name.at(-2), name.at(-3)];
  const cte = schema === undefined ? ctes.findLast((one) => sameTable(resolution, one.name, table)) : undefined;
  if (cte) return { name: exposed, columns: cte.columns };
  const opaque = (): Source => {
    resolution.isComplete = false;
    return { name: exposed, columns: null };
  };
  const isOutside = database !== undefined && database !== "";
  if (isOutside) {
    resolution.reasons.add(`it reads the database ${database}`);
    return opaque();
  }
  if (table.startsWith("#")) return opaque();
  if (schema !== undefined && SYSTEM.has(schema.toLowerCase())) return opaque();
  if (resolution.grammar === "mysql" && schema === undefined && table.toLowerCase() === "dual") {
    return { name: exposed, columns: [] };
  }
  const { model, defaultSchema } = resolution;
  const wanted = schema === undefined || schema === "" ? defaultSchema : schema;
  const relation = [...model.tables, ...model.views].find(
    (one) => sameTable(resolution, one.name, table) && sameTable(resolution, one.schema, wanted),
  );
  if (relation) {
    resolution.tables.add(relation.id);
    const own = alias === undefined ? { schema: relation.schema } : {};
    return { name: exposed, table: relation.id, columns: columnsOfRelation(relation), ...own };
  }
  // A synonym, a sequence: there, with columns that nobody knows.
  if (model.others.some((one) => sameName(one.name, table))) return opaque();
  const names = [...model.tables, ...model.views].filter((one) => one.schema === wanted).map((one) => one.name);
  const all = [...names, ...ctes.map((one) => one.name)];
  problem(resolution, "unknown table", span, { message: `unknown table ${name.join(".")}`, ...hint(table, all) });
  return { name: exposed, columns: null };
}
