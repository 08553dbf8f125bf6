import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { bestMatch, objectPattern, type ObjectPattern } from "#schemas/object-pattern.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Problem } from "#schemas/problem.ts";

export type ShownSettings = Pick<DatabaseConfig, "include" | "ignore">;

/** The model without what the configuration leaves out. Documents, diagrams, search, coverage and lint show this. */
export function shownModel(model: SchemaModel, settings: ShownSettings): SchemaModel {
  if (settings.include.length + settings.ignore.length === 0) return model;
  const isShown = filter(model, settings);
  const all = <T extends { readonly id: ObjectId }>(objects: readonly T[]): readonly T[] =>
    objects.filter(({ id }) => isShown(id));
  const relations = <T extends { readonly id: ObjectId }>(objects: readonly T[]): readonly T[] =>
    objects.filter(({ id }) => isShown(id, "relation"));
  return {
    ...model,
    enums: all(model.enums),
    domains: all(model.domains),
    composites: all(model.composites),
    ranges: all(model.ranges),
    sequences: all(model.sequences),
    tables: relations(model.tables),
    views: relations(model.views),
    routines: all(model.routines),
    others: all(model.others),
  };
}

/** Patterns that match nothing: a typing error, or an object that is gone. */
export function unmatchedPatterns(model: SchemaModel, { include, ignore }: ShownSettings): readonly Problem[] {
  const { tables, views, enums, domains, composites, ranges, sequences, routines, others } = model;
  const ids = [tables, views, enums, domains, composites, ranges, sequences, routines, others].flatMap((objects) =>
    objects.map(({ id }) => id),
  );
  const check = (key: string, list: readonly string[]): readonly Problem[] =>
    list
      .filter((pattern) => !ids.some((id) => objectPattern(pattern, model.dialect).matches(id)))
      .map((pattern) => ({
        code: "QG404",
        severity: "info",
        message: `"${pattern}" under \`${key}\` matches nothing in the schema`,
        help: "Correct the pattern, or remove it. A star stands for any characters: `audit.*`.",
        objectId: pattern,
      }));
  return [...check("include", include), ...check("ignore", ignore)];
}

/** `include` asks for tables and views only; what else there is stays unless it is ignored. */
function filter(model: SchemaModel, { include, ignore }: ShownSettings): (id: ObjectId, kind?: "relation") => boolean {
  const read = (list: readonly string[]): readonly ObjectPattern[] =>
    list.map((pattern) => objectPattern(pattern, model.dialect));
  const wanted = read(include);
  const unwanted = read(ignore);
  return (id, kind) => {
    const asked = kind === "relation" && wanted.length > 0 ? bestMatch(wanted, id) : 0;
    if (asked === null) return false;
    const out = bestMatch(unwanted, id);
    return out === null || asked > out;
  };
}
