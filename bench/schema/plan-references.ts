import { inWords, objectName } from "./names.ts";
import type { PlannedColumn, PlannedForeignKey, PlannedTable } from "./plan.ts";
import type { Random } from "./random.ts";

/** What everybody refers to, and how much more often than the first. */
const HUBS: readonly (readonly [schema: string, noun: string, weight: number])[] = [
  ["identity", "user", 40],
  ["crm", "customer", 22],
  ["org", "company", 16],
  ["sales", "order", 14],
  ["catalogue", "product", 14],
  ["hr", "employee", 10],
  ["org", "department", 7],
  ["org", "currency", 6],
  ["org", "country", 5],
  ["inventory", "warehouse", 5],
  ["billing", "invoice", 5],
  ["projects", "project", 4],
  ["purchasing", "supplier", 4],
  ["accounting", "ledger_account", 4],
  ["support", "ticket", 2],
  ["content", "media_asset", 2],
];
/** Share of the tables that stand alone. */
const ISOLATED = 0.05;
const SELF = 0.06;
/** A table with this many columns takes no more references. */
const MOST_COLUMNS = 25;

/** Adds the columns and constraints by which tables refer to each other, and an index for most of them. */
export function planReferences(tables: readonly PlannedTable[], random: Random): void {
  const hubs = HUBS.flatMap(([schema, noun, weight]) => {
    const table = tables.find((candidate) => candidate.schema === schema && candidate.noun === noun);
    return table ? [{ table, weight }] : [];
  });
  const incoming = new Map<PlannedTable, number>();
  const owners = new Map(tables.map((table) => [table, ownerOf(table, tables)]));
  const lookups = tables.filter(({ role }) => role === "lookup");
  const refer = (table: PlannedTable, target: PlannedTable, facts: Reference): void => {
    if (!addReference(table, target, facts, random)) return;
    incoming.set(target, (incoming.get(target) ?? 0) + 1);
  };
  for (const [at, table] of tables.entries()) {
    const owner = owners.get(table);
    if (owner) refer(table, owner, { isRequired: table.role !== "lookup", onDelete: "cascade" });
    if (table.role === "lookup" || (!owner && random.chance(ISOLATED * 3.4))) continue;
    // New tables refer to what many already refer to.
    const near = tables
      .slice(0, at)
      .filter((other) => other.schema === table.schema && other.role === "main" && canBeTarget(other));
    const nearCount = table.role === "main" ? random.int(0, 2) : Number(random.chance(0.25));
    for (let drawn = 0; drawn < nearCount && near.length > 0; drawn++) {
      refer(
        table,
        random.weighted(near, (other) => 1 + (incoming.get(other) ?? 0)),
        { isRequired: random.chance(0.5) },
      );
    }
    const hubCount = random.weighted(
      [0, 1, 2, 3],
      (count) => (table.role === "main" ? [2, 4, 3, 1] : [5, 4, 1, 0])[count] ?? 0,
    );
    for (let drawn = 0; drawn < hubCount && hubs.length > 0; drawn++) {
      refer(table, random.weighted(hubs, ({ weight }) => weight).table, { isRequired: random.chance(0.3) });
    }
    const users = hubs.find(({ table: hub }) => hub.noun === "user")?.table;
    if (users && table.columns.length < MOST_COLUMNS - 1 && random.chance(0.22)) {
      refer(table, users, {
        isRequired: false,
        column: random.pick(["created_by", "updated_by", "approved_by", "owner_id"]),
        onDelete: "set null",
      });
    }
    const kinds = lookups.filter((other) => owners.get(other) === table);
    for (const kind of kinds) refer(table, kind, { isRequired: false });
    if (table.role === "main" && canBeTarget(table) && random.chance(SELF * 3)) {
      refer(table, table, {
        isRequired: false,
        column: random.pick(["parent_id", "replaces_id", "copied_from_id"]),
        onDelete: "set null",
      });
    }
  }
  closeCycle(tables, refer);
}

interface Reference {
  readonly isRequired: boolean;
  readonly column?: string;
  readonly onDelete?: NonNullable<PlannedForeignKey["onDelete"]>;
}

/** A partitioned table's key holds more than its id. */
const canBeTarget = (table: PlannedTable): boolean => table.primaryKey.length === 1;

/** The main table that a part belongs to: the longest noun that its own begins with. */
function ownerOf(table: PlannedTable, tables: readonly PlannedTable[]): PlannedTable | undefined {
  if (table.role === "main") return undefined;
  const owners = tables.filter(
    (other) =>
      other.schema === table.schema &&
      other.role === "main" &&
      table.noun.startsWith(`${other.noun}_`) &&
      canBeTarget(other),
  );
  return owners.sort((a, b) => b.noun.length - a.noun.length)[0];
}

/** False when the table has such a column already or is wide enough. */
function addReference(table: PlannedTable, target: PlannedTable, facts: Reference, random: Random): boolean {
  const key = target.columns.find(({ name }) => name === target.primaryKey[0]);
  const name = facts.column ?? columnFor(target);
  if (!key || table.columns.some((column) => column.name === name) || table.columns.length >= MOST_COLUMNS)
    return false;
  const onDelete =
    facts.onDelete ??
    random.weighted([undefined, "restrict", "set null"] as const, (rule) => (rule === undefined ? 7 : 1));
  const column: PlannedColumn = {
    name,
    type: key.type,
    isRequired: facts.isRequired && onDelete !== "set null",
    ...(random.chance(0.6) ? { comment: `The ${inWords(target.noun)} ${phrase(name)}` } : {}),
  };
  // References stand behind the key, where people write them.
  table.columns.splice(table.primaryKey.length, 0, column);
  table.foreignKeys.push({
    name: objectName(table.name, [name], "fkey"),
    columns: [name],
    target,
    targetColumns: [key.name],
    isDeferrable: random.chance(0.03),
    ...(onDelete === undefined ? {} : { onDelete }),
  });
  if (random.chance(0.72))
    table.indexes.push({ name: objectName(table.name, [name], "idx"), columns: [name], isUnique: false, keys: name });
  return true;
}

function columnFor(target: PlannedTable): string {
  const [key = "id"] = target.primaryKey;
  if (key === "code") return `${target.noun}_code`;
  return target.schema === "legacy_erp" ? key : `${target.noun}_id`;
}

function phrase(column: string): string {
  if (column.startsWith("parent")) return "above this one";
  if (column.endsWith("_by")) return `who ${column.slice(0, -3)} it`;
  return "it belongs to";
}

/** Departments have a head, and heads have a department: a cycle that every tool must bear. */
function closeCycle(
  tables: readonly PlannedTable[],
  refer: (table: PlannedTable, target: PlannedTable, facts: Reference) => void,
): void {
  const find = (noun: string): PlannedTable | undefined =>
    tables.find((table) => table.noun === noun && table.role === "main");
  const department = find("department");
  const employee = find("employee");
  if (!department || !employee) return;
  refer(employee, department, { isRequired: false });
  refer(department, employee, { isRequired: false, column: "head_employee_id", onDelete: "set null" });
}
