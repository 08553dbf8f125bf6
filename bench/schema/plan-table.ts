import { columnWord, commonColumns, plannedColumn, spans, sums, type ColumnWord } from "./columns.ts";
import type { Module } from "./module.ts";
import { abbreviate, inWords, objectName, plural } from "./names.ts";
import type { Part } from "./parts.ts";
import { partitionColumn, planPartitions } from "./plan-partitions.ts";
import { planIndexes } from "./plan-indexes.ts";
import type { PlannedCheck, PlannedColumn, PlannedEnum, PlannedTable } from "./plan.ts";
import type { Random } from "./random.ts";

/** A table before its columns: what it is about and whom it belongs to. */
export interface Draft {
  readonly module: Module;
  readonly noun: string;
  readonly role: PlannedTable["role"];
  readonly owner?: Draft;
  readonly part?: Part;
}

/** Share of objects that somebody described. */
const TOLD = 0.6;
/** Fewest and most columns before references are added, by role. */
const WIDTH: Readonly<Record<PlannedTable["role"], readonly [fewest: number, most: number]>> = {
  main: [14, 23],
  part: [9, 17],
  log: [8, 14],
  lookup: [7, 11],
  junction: [7, 10],
};

export const tableName = ({ module, noun }: Pick<Draft, "module" | "noun">): string => {
  const name = module.isSingular ? noun : plural(noun);
  return module.isAbbreviated ? abbreviate(name) : name;
};

/** Type of the column that refers to a table's key. */
export const keyType = (module: Module): string => {
  if (module.key === "uuid") return "uuid";
  return module.key === "serial" ? "integer" : "bigint";
};

/** One table with its columns, keys, checks and indexes; references between tables are added by `planReferences`. */
export function planTable(
  draft: Draft,
  { enums, random }: { readonly enums: readonly PlannedEnum[]; readonly random: Random },
): PlannedTable {
  const { module, noun, role } = draft;
  const name = tableName(draft);
  const words = drawWords(draft, random);
  const key = keyColumn(draft);
  const split = partitionColumn(noun);
  const columns: PlannedColumn[] = [
    key,
    ...(split ? [{ ...split, isRequired: true, comment: "Decides which partition holds the row" }] : []),
    ...words
      .filter((word) => word.name !== split?.name && word.name !== key.name)
      .map((word) => drawColumn(word, draft, random)),
    ...stateColumns(draft, enums, random),
  ];
  columns.push(
    ...sums
      .filter(({ name: sum, parts }) => hasAll(columns, parts) && !hasAll(columns, [sum]) && random.chance(0.5))
      .map(generated(columns)),
  );
  const hasTimes = !module.isAbbreviated && (role === "main" || random.chance(0.75));
  if (hasTimes) columns.push(timeColumn("created_at", random), timeColumn("updated_at", random));
  const primaryKey = split ? [key.name, split.name] : [key.name];
  const table: PlannedTable = {
    schema: module.schema,
    name,
    noun,
    role,
    columns,
    primaryKey,
    foreignKeys: [],
    uniques: [],
    checks: planChecks(name, columns, words, random),
    indexes: [],
    isTouched: hasTimes && !split && random.chance(0.4),
    ...(random.chance(TOLD) ? { comment: about(draft) } : {}),
    ...withPartitions(noun, name),
    ...(hasTimes && !split && (module.schema === "hr" || module.schema === "support") && random.chance(0.3)
      ? { rowSecurity: "created_at" }
      : {}),
  };
  planIndexes(table, random);
  return table;
}

function withPartitions(noun: string, name: string): Pick<PlannedTable, "partitions"> {
  const partitions = planPartitions(noun, name);
  return partitions ? { partitions } : {};
}

/** Columns that say what the table is about first, then others until it is as wide as it shall be. */
function drawWords({ module, part, role }: Draft, random: Random): ColumnWord[] {
  const [fewest, most] = WIDTH[role];
  const own = (part?.columns ?? random.sample(module.columns, random.int(4, module.columns.length))).map(columnWord);
  const more = part && role === "part" ? random.sample(module.columns, 3).map(columnWord) : [];
  const words = new Map([...own, ...more].map((word) => [word.name, word]));
  // Three: the key and the two times.
  const wanted = random.int(fewest, most) - 3;
  for (const word of random.sample(commonColumns, commonColumns.length)) {
    if (words.size >= wanted) break;
    if (!words.has(word.name)) words.set(word.name, word);
  }
  return [...words.values()];
}

function drawColumn(word: ColumnWord, { role }: Draft, random: Random): PlannedColumn {
  const isKeyWord = role === "lookup" && word.name === "label";
  // What has a default is mostly required; what has none is mostly not.
  const isRequired = isKeyWord || random.chance(word.default === "" ? 0.25 : 0.85);
  return plannedColumn(word, { isRequired, isTold: random.chance(TOLD) });
}

function keyColumn({ module, role, part, noun }: Draft): PlannedColumn {
  if (role === "lookup" && part)
    return { name: "code", type: "text", isRequired: true, comment: "Short name, never changed" };
  const name = module.isAbbreviated ? `${abbreviate(noun)}_id` : "id";
  if (module.key === "uuid") return { name, type: "uuid", isRequired: true, default: "gen_random_uuid()" };
  return { name, type: keyType(module), isRequired: true, identity: module.key === "serial" ? "by default" : "always" };
}

function stateColumns({ module, role }: Draft, enums: readonly PlannedEnum[], random: Random): PlannedColumn[] {
  const own = enums.filter(({ schema }) => schema === module.schema);
  const columns: PlannedColumn[] = [];
  const chance = role === "main" ? 0.75 : 0.25;
  for (const { schema, name, labels } of own) {
    if (!random.chance(chance)) continue;
    const column = name.endsWith("_status") ? "status" : "kind";
    const told = random.chance(TOLD) ? { comment: column === "status" ? "Where it stands" : "What sort it is" } : {};
    columns.push({ name: column, type: `${schema}.${name}`, isRequired: true, default: `'${labels[0]}'`, ...told });
  }
  if (role === "main" && random.chance(0.15))
    columns.push({ name: "visibility", type: "shared.visibility", isRequired: true, default: "'team'" });
  return columns;
}

function timeColumn(name: string, random: Random): PlannedColumn {
  const comment = name === "created_at" ? "Time the row was made" : "Time of the last change";
  return { name, type: "timestamptz", isRequired: true, default: "now()", ...(random.chance(TOLD) ? { comment } : {}) };
}

const generated =
  (columns: readonly PlannedColumn[]) =>
  ({ name, parts, expression }: (typeof sums)[number]): PlannedColumn => {
    const first = columns.find((column) => column.name === parts[0]);
    const type = first?.type.startsWith("shared.") ? "numeric" : (first?.type ?? "text");
    return { name, type, isRequired: false, generated: expression, comment: "Computed by the database" };
  };

function planChecks(
  table: string,
  columns: readonly PlannedColumn[],
  words: readonly ColumnWord[],
  random: Random,
): PlannedCheck[] {
  const checks: PlannedCheck[] = [];
  for (const { name, check } of words) {
    if (check === "" || !hasAll(columns, [name]) || !random.chance(0.55)) continue;
    checks.push({
      name: objectName(table, [name], "check"),
      columns: [name],
      expression: check.replaceAll("{}", name),
    });
  }
  for (const [start, end] of spans) {
    if (!hasAll(columns, [start, end])) continue;
    checks.push({
      name: objectName(table, [start, end], "check"),
      columns: [start, end],
      expression: `${end} >= ${start}`,
    });
  }
  return checks;
}

function about({ noun, owner, part, module }: Draft): string {
  if (owner && part) return part.about.replace("%", inWords(owner.noun));
  return `${inWords(plural(noun)).replace(/^./, (first) => first.toUpperCase())}. ${module.comment}.`;
}

const hasAll = (columns: readonly PlannedColumn[], names: readonly string[]): boolean =>
  names.every((name) => columns.some((column) => column.name === name));
