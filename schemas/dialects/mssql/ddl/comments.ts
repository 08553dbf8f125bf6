import type { SchemaModel } from "../../../model.ts";

/** SQL Server keeps comments as extended properties by the path of levels of their object. */
export function writeComments(model: SchemaModel): readonly string[] {
  const found: string[] = [];
  const say = (comment: string | undefined, ...levels: readonly (readonly [string, string])[]): void => {
    if (comment === undefined) return;
    const places = levels.map(([level, name]) => `N'${level}', ${text(name)}`);
    found.push(`EXEC sys.sp_addextendedproperty ${["N'MS_Description'", text(comment), ...places].join(", ")}`);
  };
  for (const { name, comment } of model.schemas) say(comment, ["SCHEMA", name]);
  for (const table of model.tables) {
    const own = [
      ["SCHEMA", table.schema],
      ["TABLE", table.name],
    ] as const;
    say(table.comment, ...own);
    for (const { name, comment } of table.columns) say(comment, ...own, ["COLUMN", name]);
    for (const { name, comment } of table.constraints) say(comment, ...own, ["CONSTRAINT", name]);
    for (const { name, comment, constraint } of table.indexes)
      if (constraint === undefined) say(comment, ...own, ["INDEX", name]);
    for (const { name, comment } of table.triggers) say(comment, ...own, ["TRIGGER", name]);
  }
  for (const view of model.views) {
    const own = [
      ["SCHEMA", view.schema],
      ["VIEW", view.name],
    ] as const;
    say(view.comment, ...own);
    for (const { name, comment } of view.columns) say(comment, ...own, ["COLUMN", name]);
  }
  for (const one of model.routines) {
    const level = one.variant === "procedure" ? "PROCEDURE" : "FUNCTION";
    say(one.comment, ["SCHEMA", one.schema], [level, one.name]);
  }
  return found;
}

const text = (value: string): string => `N'${value.replaceAll("'", "''")}'`;
