import type { Column, Constraint, Routine, SchemaModel, Table, View } from "#schemas/model.ts";
import { cardinalityOf, type Cardinality } from "#schemas/keys.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { indexModel, type ModelIndex, type Reference } from "#schemas/model-index.ts";
import type { Labels } from "#generators/documented/labels.ts";
import type { Chapter } from "#generators/domains/chapter.ts";
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
  readonly driver: {
    readonly name: string;
    readonly database_version: string;
    readonly meta?: { readonly current_schema: string };
  };
  readonly labels?: readonly TblsLabel[];
  readonly viewpoints?: readonly TblsViewpoint[];
}
/** One that the configuration gives, not the database. */
interface TblsLabel {
  readonly name: string;
  readonly virtual: true;
}
interface TblsViewpoint {
  readonly name: string;
  readonly desc: string;
  readonly tables: readonly string[];
  readonly groups?: readonly { readonly name: string; readonly desc: string; readonly tables: readonly string[] }[];
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
  readonly labels?: readonly TblsLabel[];
  readonly referenced_tables?: readonly string[];
}
interface TblsColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly extra_def?: string;
  readonly labels?: readonly TblsLabel[];
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
  /** Labels of the whole. */
  readonly topLabels?: readonly string[];
  /** Labels of tables, views and columns. */
  readonly labels?: Labels;
  readonly viewpoints?: readonly Chapter[];
}

/**
 * The model as tbls knows it. Comments are what people wrote; generated sentences would count as documented. tbls reads
 * no file in which a relation names a table or column that is not there, so such relations are left out.
 */
export function tblsSchema(model: SchemaModel, options: TblsOptions): TblsSchema {
  const { name, about = "", descriptions = {}, topLabels = [], labels = new Map(), viewpoints = [] } = options;
  const index = indexModel(model);
  const { tbls, defaultSchema } = dialectFacts(model.dialect);
  const writer: Writer = {
    nameOf: ({ schema, name: own }) =>
      schema === defaultSchema && !tbls.namesDefaultSchema ? own : `${schema}.${own}`,
    say: (object) => {
      const written = writtenDescription({ descriptions }, object);
      return written ? proseText(written.prose) : "";
    },
    labelled: (id) => labelled(labels.get(id)),
  };
  return {
    name,
    desc: about,
    tables: [
      ...model.tables.map((table) => tableOf(index, table, writer)),
      ...model.views.map((view) => viewOf(index, view, writer)),
    ],
    relations: index.references.flatMap((reference) => relationOf(index, reference, writer)),
    functions: model.routines.map((routine) => functionOf(routine, writer)),
    enums: model.enums.map((type) => ({ name: writer.nameOf(type), values: type.labels })),
    driver: {
      name: tbls.driver,
      database_version: `${model.engine.name} ${model.engine.version}`,
      ...(tbls.namesDefaultSchema && { meta: { current_schema: defaultSchema } }),
    },
    ...labelled(topLabels),
    ...(viewpoints.length > 0 && { viewpoints: viewpoints.map((one) => viewpointOf(index, one, writer)) }),
  };
}

interface Writer {
  /** tbls joins names without quoting them. */
  readonly nameOf: (object: { readonly schema: string; readonly name: string }) => string;
  readonly say: (object: { readonly id: ObjectId; readonly comment?: string }) => string;
  readonly labelled: (id: ObjectId) => { readonly labels?: readonly TblsLabel[] };
}

function labelled(names: readonly string[] = []): { readonly labels?: readonly TblsLabel[] } {
  return names.length === 0 ? {} : { labels: names.map((name) => ({ name, virtual: true as const })) };
}

function relationOf(index: ModelIndex, reference: Reference, { nameOf }: Writer): readonly TblsRelation[] {
  const { foreignKey, from: child, to: parent } = reference;
  const isWhole =
    parent !== undefined &&
    foreignKey.columns.every((name) => index.columnOf(child, name)) &&
    foreignKey.references.columns.every((name) => index.columnOf(parent, name));
  if (!isWhole) return [];
  const { from, to } = cardinalityOf(index, reference);
  return [
    {
      table: nameOf(child),
      columns: foreignKey.columns,
      cardinality: WORDS[from],
      parent_table: nameOf(parent),
      parent_columns: foreignKey.references.columns,
      parent_cardinality: WORDS[to],
      def: foreignKey.definition,
      ...(foreignKey.virtual && { virtual: true as const }),
    },
  ];
}

/** The tables are those that it shows, so its distance is walked already. */
function viewpointOf(
  index: ModelIndex,
  { title, description = "", parts }: Chapter,
  { nameOf }: Writer,
): TblsViewpoint {
  const namesOf = (ids: readonly ObjectId[]): readonly string[] =>
    ids.flatMap((id) => index.relation(id) ?? []).map(nameOf);
  const groups = parts.flatMap((part) =>
    part.title === undefined ? [] : [{ name: part.title, desc: part.description ?? "", tables: namesOf(part.tables) }],
  );
  const tables = namesOf(parts.flatMap((part) => part.tables));
  return { name: title, desc: description, tables, ...(groups.length > 0 && { groups }) };
}

const WORDS: Readonly<Record<Cardinality, TblsCardinality>> = {
  "zero or one": "zero_or_one",
  "exactly one": "exactly_one",
  "zero or more": "zero_or_more",
  "one or more": "one_or_more",
};

function tableOf(index: ModelIndex, table: Table, writer: Writer): TblsTable {
  const { nameOf, say } = writer;
  return {
    name: nameOf(table),
    type: { table: "BASE TABLE", partitioned: "PARTITIONED TABLE", foreign: "FOREIGN TABLE" }[table.variant],
    comment: say(table),
    columns: table.columns.map((column) => columnOf(column, writer)),
    indexes: table.indexes.map((one) => indexOf(one, table, writer)),
    constraints: table.constraints
      .filter((constraint) => constraint.kind !== "foreign key" || !constraint.virtual)
      .map((constraint) => constraintOf(index, constraint, { table, writer })),
    triggers: table.triggers.map((trigger) => ({ name: trigger.name, def: trigger.definition, comment: say(trigger) })),
    def: "",
    ...writer.labelled(table.id),
  };
}

function viewOf(index: ModelIndex, view: View, writer: Writer): TblsTable {
  const { nameOf, say } = writer;
  const kind = view.materialized ? "MATERIALIZED VIEW" : "VIEW";
  const read = view.dependsOn.map((id) => index.relation(id)).filter((one) => one !== undefined);
  return {
    name: nameOf(view),
    type: kind,
    comment: say(view),
    columns: view.columns.map((column) => columnOf(column, writer)),
    indexes: view.indexes.map((one) => indexOf(one, view, writer)),
    constraints: [],
    triggers: view.triggers.map((trigger) => ({ name: trigger.name, def: trigger.definition, comment: say(trigger) })),
    def: `CREATE ${kind} ${view.id} AS (\n${view.definition.trim()}\n)`,
    ...writer.labelled(view.id),
    referenced_tables: read.map(nameOf),
  };
}

function columnOf(column: Column, { say, labelled: labelsOf }: Writer): TblsColumn {
  const extra = extraOf(column);
  return {
    name: column.name,
    type: column.type.raw,
    nullable: column.nullable,
    default: column.default ?? null,
    ...(extra !== undefined && { extra_def: extra }),
    ...labelsOf(column.id),
    comment: say(column),
  };
}

function extraOf({ identity, generated }: Column): string | undefined {
  if (identity) return `GENERATED ${identity.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`;
  if (!generated) return undefined;
  return `GENERATED ALWAYS AS ${generated.expression} ${generated.stored ? "STORED" : "VIRTUAL"}`;
}

function indexOf(index: Table["indexes"][number], owner: Table | View, { nameOf, say }: Writer): TblsIndex {
  const columns = index.keys.map((key) => key.column).filter((column) => column !== undefined);
  return { name: index.name, def: index.definition, table: nameOf(owner), columns, comment: say(index) };
}

function constraintOf(
  index: ModelIndex,
  constraint: Constraint,
  { table, writer }: { readonly table: Table; readonly writer: Writer },
): TblsConstraint {
  const { name, kind, definition, columns } = constraint;
  const { nameOf, say } = writer;
  const own = { name, type: kind.toUpperCase(), def: definition, table: nameOf(table), columns };
  const base = { ...own, comment: say(constraint) };
  if (constraint.kind !== "foreign key") return base;
  const { references } = constraint;
  const parent = index.relation(references.table);
  const referenced = parent ? nameOf(parent) : references.table;
  return { ...base, referenced_table: referenced, referenced_columns: references.columns };
}

function functionOf(routine: Routine, { nameOf }: Writer): TblsFunction {
  return {
    name: nameOf(routine),
    return_type: routine.returns ?? "void",
    arguments: listArguments(routine),
    type: routine.variant.toUpperCase(),
  };
}
