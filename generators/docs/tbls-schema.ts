import type { Column, Constraint, Routine, SchemaModel, Table, View } from "#schemas/model.ts";
import { cardinalityOf, type Cardinality } from "#schemas/keys.ts";
import { indexModel, type ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { writtenDescription } from "./describe.ts";
import { listArguments } from "./list-arguments.ts";
import { proseText } from "./prose.ts";

/** What `schema.json` holds: the model in the format of tbls, which tbls and Liam read. */
export interface TblsSchema {
  readonly name: string;
  readonly desc: string;
  readonly tables: readonly TblsTable[];
  readonly relations: readonly TblsRelation[];
  readonly functions: readonly TblsFunction[];
  readonly enums: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly driver: { readonly name: string; readonly database_version: string };
}
interface TblsTable {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
  readonly columns: readonly TblsColumn[];
  readonly indexes: readonly TblsIndex[];
  readonly constraints: readonly TblsConstraint[];
  readonly triggers: readonly { readonly name: string; readonly def: string; readonly comment: string }[];
  readonly def: string;
  readonly referenced_tables?: readonly string[];
}
interface TblsColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly extra_def?: string;
  readonly comment: string;
}
interface TblsIndex {
  readonly name: string;
  readonly def: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly comment: string;
}
interface TblsConstraint {
  readonly name: string;
  readonly type: string;
  readonly def: string;
  readonly table: string;
  readonly referenced_table?: string;
  readonly columns: readonly string[];
  readonly referenced_columns?: readonly string[];
  readonly comment: string;
}
type TblsCardinality = "zero_or_one" | "exactly_one" | "zero_or_more" | "one_or_more";
interface TblsRelation {
  readonly table: string;
  readonly columns: readonly string[];
  readonly cardinality: TblsCardinality;
  readonly parent_table: string;
  readonly parent_columns: readonly string[];
  readonly parent_cardinality: TblsCardinality;
  readonly def: string;
  readonly virtual?: true;
}
interface TblsFunction {
  readonly name: string;
  readonly return_type: string;
  readonly arguments: string;
  readonly type: string;
}

export interface TblsOptions {
  readonly name: string;
  readonly about?: string;
  readonly descriptions?: Readonly<Record<ObjectId, string>>;
}

/** The model as tbls knows it. Comments are what people wrote; generated sentences would count as documented. */
export function tblsSchema(model: SchemaModel, { name, about = "", descriptions = {} }: TblsOptions): TblsSchema {
  const index = indexModel(model);
  const say: Say = (object) => {
    const written = writtenDescription({ descriptions }, object);
    return written ? proseText(written.prose) : "";
  };
  return {
    name,
    desc: about,
    tables: [
      ...model.tables.map((table) => tableOf(table, say)),
      ...model.views.map((view) => viewOf(index, view, say)),
    ],
    relations: index.references
      .filter(({ to }) => to !== undefined)
      .map((reference) => {
        const { from, to } = cardinalityOf(index, reference);
        return {
          table: displayName(reference.from),
          columns: reference.foreignKey.columns,
          cardinality: WORDS[from],
          parent_table: reference.to ? displayName(reference.to) : reference.foreignKey.references.table,
          parent_columns: reference.foreignKey.references.columns,
          parent_cardinality: WORDS[to],
          def: reference.foreignKey.definition,
          ...(reference.foreignKey.virtual && { virtual: true as const }),
        };
      }),
    functions: model.routines.map(functionOf),
    enums: model.enums.map((type) => ({ name: displayName(type), values: type.labels })),
    driver: { name: model.dialect, database_version: `${model.engine.name} ${model.engine.version}` },
  };
}

type Say = (object: { readonly id: ObjectId; readonly comment?: string }) => string;

const WORDS: Readonly<Record<Cardinality, TblsCardinality>> = {
  "zero or one": "zero_or_one",
  "exactly one": "exactly_one",
  "zero or more": "zero_or_more",
  "one or more": "one_or_more",
};

/** tbls joins names without quoting them. */
function displayName({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${schema}.${name}`;
}

function tableOf(table: Table, say: Say): TblsTable {
  const name = displayName(table);
  return {
    name,
    type: { table: "BASE TABLE", partitioned: "PARTITIONED TABLE", foreign: "FOREIGN TABLE" }[table.variant],
    comment: say(table),
    columns: table.columns.map((column) => columnOf(column, say)),
    indexes: table.indexes.map((index) => indexOf(index, name, say)),
    constraints: table.constraints
      .filter((constraint) => constraint.kind !== "foreign key" || !constraint.virtual)
      .map((constraint) => constraintOf(constraint, name, say)),
    triggers: table.triggers.map((trigger) => ({ name: trigger.name, def: trigger.definition, comment: say(trigger) })),
    def: "",
  };
}

function viewOf(index: ModelIndex, view: View, say: Say): TblsTable {
  const name = displayName(view);
  const kind = view.materialized ? "MATERIALIZED VIEW" : "VIEW";
  const read = view.dependsOn.map((id) => index.relation(id)).filter((one) => one !== undefined);
  return {
    name,
    type: kind,
    comment: say(view),
    columns: view.columns.map((column) => columnOf(column, say)),
    indexes: view.indexes.map((one) => indexOf(one, name, say)),
    constraints: [],
    triggers: view.triggers.map((trigger) => ({ name: trigger.name, def: trigger.definition, comment: say(trigger) })),
    def: `CREATE ${kind} ${view.id} AS (\n${view.definition.trim()}\n)`,
    referenced_tables: read.map(displayName),
  };
}

function columnOf(column: Column, say: Say): TblsColumn {
  const extra = extraOf(column);
  return {
    name: column.name,
    type: column.type.raw,
    nullable: column.nullable,
    default: column.default ?? null,
    ...(extra !== undefined && { extra_def: extra }),
    comment: say(column),
  };
}

function extraOf({ identity, generated }: Column): string | undefined {
  if (identity) return `GENERATED ${identity.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`;
  if (!generated) return undefined;
  return `GENERATED ALWAYS AS ${generated.expression} ${generated.stored ? "STORED" : "VIRTUAL"}`;
}

function indexOf(index: Table["indexes"][number], table: string, say: Say): TblsIndex {
  const columns = index.keys.map((key) => key.column).filter((column) => column !== undefined);
  return { name: index.name, def: index.definition, table, columns, comment: say(index) };
}

function constraintOf(constraint: Constraint, table: string, say: Say): TblsConstraint {
  const { name, kind, definition, columns } = constraint;
  const base = { name, type: kind.toUpperCase(), def: definition, table, columns, comment: say(constraint) };
  if (constraint.kind !== "foreign key") return base;
  const { references } = constraint;
  return { ...base, referenced_table: references.table, referenced_columns: references.columns };
}

function functionOf(routine: Routine): TblsFunction {
  return {
    name: displayName(routine),
    return_type: routine.returns ?? "void",
    arguments: listArguments(routine),
    type: routine.variant.toUpperCase(),
  };
}
