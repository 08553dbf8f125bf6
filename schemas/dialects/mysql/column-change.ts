import type { AlterSpec } from "../../languages/sql/mysql/statement.ts";
import type { Column, Table } from "../../model.ts";
import { canonicalDefault } from "./defaults.ts";
import type { MysqlFacts } from "./facts.ts";
import { baseType, bytesPerCharacter, dataType, isText } from "./types.ts";

/** One way in which a MODIFY or CHANGE makes a column another one. */
export type ColumnChange =
  | { readonly kind: "rename"; readonly from: string; readonly to: string }
  | { readonly kind: "reorder" }
  | { readonly kind: "nullability"; readonly to: boolean }
  | { readonly kind: "default" }
  | { readonly kind: "comment" }
  /** Values added at the end of an ENUM or SET that keep its size. */
  | { readonly kind: "labels" }
  /** A longer VARCHAR; most bytes of a value before and after. */
  | { readonly kind: "varchar"; readonly before: number; readonly after: number }
  | { readonly kind: "charset"; readonly column: string; readonly isWider: boolean }
  | { readonly kind: "type"; readonly before: string; readonly after: string }
  | { readonly kind: "generated" };

type Modify = Extract<AlterSpec, { kind: "modify column" }>;

/** What a MODIFY or CHANGE changes of a column; a change of type when the table or the column is not known. */
export function columnChange(spec: Modify, table: Table | undefined, facts: MysqlFacts): readonly ColumnChange[] {
  const { column, from, place } = spec;
  const old = table?.columns.find(({ name }) => name.toLowerCase() === from.toLowerCase());
  const renamed: readonly ColumnChange[] =
    from.toLowerCase() === column.name.toLowerCase() ? [] : [{ kind: "rename", from, to: column.name }];
  if (!table || !old) {
    const after = dataType(column.type, facts).raw;
    return [...renamed, { kind: "type", before: "a type that is not known", after }];
  }
  const changes: ColumnChange[] = [...renamed, ...typeChange(spec, old, table, facts)];
  const isKey = table.constraints.some(({ kind, columns }) => kind === "primary key" && columns.includes(old.name));
  const nullable = !isKey && (column.nullable ?? true);
  if (nullable !== old.nullable && column.primary !== true) changes.push({ kind: "nullability", to: nullable });
  if (isMoved(place, old, table)) changes.push({ kind: "reorder" });
  if ((column.generated === undefined) !== (old.generated === undefined)) changes.push({ kind: "generated" });
  const base = baseType(column.type, facts, charsetOf(old, table, facts));
  const value = column.default === undefined ? undefined : canonicalDefault(column.default, base, facts);
  if (value !== old.default) changes.push({ kind: "default" });
  if (column.comment !== old.comment) changes.push({ kind: "comment" });
  return changes;
}

const charsetOf = (column: Column, table: Table, facts: MysqlFacts): string =>
  column.charset ?? table.options?.["charset"] ?? facts.defaultCharset;

function isMoved(place: Modify["place"], old: Column, { columns }: Table): boolean {
  if (place === undefined) return false;
  if ("first" in place) return old.position !== 1;
  const before = columns.find(({ position }) => position === old.position - 1);
  return before?.name.toLowerCase() !== place.after.toLowerCase();
}

function typeChange({ column }: Modify, old: Column, table: Table, facts: MysqlFacts): readonly ColumnChange[] {
  const before = charsetOf(old, table, facts);
  const charset = column.type.charset ?? table.options?.["charset"] ?? facts.defaultCharset;
  const { base } = baseType(column.type, facts, charset);
  const after = dataType(column.type, facts, charset);
  const labels = labelChange(old.type.raw, after.raw);
  if (labels === "appended") return [{ kind: "labels" }];
  if (old.type.raw !== after.raw) {
    const isLonger =
      base === "varchar" &&
      old.type.raw.startsWith("varchar(") &&
      charset === before &&
      longer(old.type.length, after.length);
    if (!isLonger) return [{ kind: "type", before: old.type.raw, after: after.raw }];
    const each = bytesPerCharacter(charset);
    return [{ kind: "varchar", before: (old.type.length ?? 0) * each, after: (after.length ?? 0) * each }];
  }
  if (!isText(base)) return [];
  const wanted =
    column.type.collation ?? (column.type.charset === undefined ? undefined : facts.defaultCollation(charset));
  const tables = table.options?.["collation"] ?? facts.defaultCollation(before);
  const collation = old.collation ?? tables;
  const isSame = charset === before && (wanted ?? tables) === collation;
  if (isSame) return [];
  const isWider = charset === before || (before.startsWith("utf8") && charset === "utf8mb4");
  return [{ kind: "charset", column: old.name, isWider }];
}

const longer = (before: number | undefined, after: number | undefined): boolean => (before ?? 0) < (after ?? 0);

/** Whether an ENUM or SET keeps its values and its size and has new ones at its end. */
function labelChange(before: string, after: string): "appended" | null {
  const kind = /^(enum|set)\(/.exec(before)?.[1];
  if (kind === undefined || !after.startsWith(`${kind}(`)) return null;
  const list = before.slice(0, -1);
  if (!after.startsWith(`${list},`)) return null;
  return storage(kind, before) === storage(kind, after) ? "appended" : null;
}

/** Bytes of a value: an ENUM takes two from 256 labels on, a SET one for every eight. */
function storage(kind: string, raw: string): number {
  const count = raw.split("','").length;
  return kind === "enum" ? Number(count > 255) : Math.ceil(count / 8);
}
