import {
  MODEL_VERSION,
  type Column,
  type CompositeType,
  type DomainType,
  type Grant,
  type Namespace,
  type OtherObject,
  type Routine,
  type SchemaModel,
  type Sequence,
  type Table,
  type Trigger,
  type View,
} from "../../model.ts";
import { objectId } from "../../object-id.ts";
import { mssqlFacts, quoteName } from "./facts.ts";
import { constraintOf, indexOf, keyIndex } from "./keys-to-model.ts";
import { common, sorted } from "./named.ts";
import {
  type Draft,
  type DraftColumn,
  type DraftTable,
  type DraftTrigger,
  type DraftType,
  type DraftView,
  type ViewColumn,
} from "../../languages/sql/mssql/draft.ts";
import { routineOf, sequenceOf } from "./routine-to-model.ts";

export interface ModelInput {
  readonly draft: Draft;
  readonly version: string;
  readonly complete: boolean;
}

/** The model of a draft. Pure; arrays are sorted as the model wants them. */
export function toModel({ draft, version, complete }: ModelInput): SchemaModel {
  const tables: Table[] = [];
  const views: View[] = [];
  const routines: Routine[] = [];
  const sequences: Sequence[] = [];
  const others: OtherObject[] = [];
  for (const object of draft.all()) {
    if (object.kind === "table") tables.push(table(draft, object));
    else if (object.kind === "view") views.push(view(draft, object));
    else if (object.kind === "routine") routines.push(routineOf(draft, object, grantsOf(object)));
    else if (object.kind === "sequence") sequences.push(sequenceOf(object));
    else if (object.kind === "synonym") {
      const id = objectId(object.schema, object.name);
      const definition = `CREATE SYNONYM ${quoteName(object.schema)}.${quoteName(object.name)} FOR ${object.target}`;
      others.push({ kind: "synonym", id, schema: object.schema, definition, ...common(object) });
    } else if (object.kind === "trigger" && !object.parent) {
      others.push({
        kind: "event trigger",
        id: objectId(object.schema, object.name),
        definition: `CREATE ${object.text}`,
        ...common(object),
      });
    }
  }
  const types = [...draft.types.values()];
  return {
    version: MODEL_VERSION,
    dialect: "mssql",
    evidence: "rule",
    engine: { name: mssqlFacts.engine, version },
    complete,
    schemas: sorted(
      [...draft.schemas.values()].map((schema): Namespace => ({
        kind: "schema",
        id: objectId(schema.name),
        ...common(schema),
        ...(schema.owner === undefined ? {} : { owner: schema.owner }),
      })),
    ),
    extensions: [],
    enums: [],
    domains: sorted(types.flatMap((type) => (type.kind === "domain" ? [domain(type)] : []))),
    composites: sorted(types.flatMap((type) => (type.kind === "table type" ? [composite(type)] : []))),
    ranges: [],
    sequences: sorted(sequences),
    tables: sorted(tables),
    views: sorted(views),
    routines: sorted(routines),
    others: sorted(others),
  };
}

function grantsOf(object: Pick<DraftTable, "grants">): { readonly grants?: readonly Grant[] } {
  if (!object.grants || object.grants.size === 0) return {};
  const byGrantee = new Map<string, { grantee: string; privileges: string[]; columns: readonly string[] }>();
  for (const { grantee, privilege, columns } of object.grants.values()) {
    const key = [grantee, ...columns].join("\u0000");
    const grant = byGrantee.get(key) ?? { grantee, privileges: [], columns };
    grant.privileges.push(privilege);
    byGrantee.set(key, grant);
  }
  const grants = [...byGrantee.keys()].sort().flatMap((key) => byGrantee.get(key) ?? []);
  return {
    grants: grants.map(({ grantee, privileges, columns }) => ({
      grantee,
      privileges: privileges.toSorted(),
      ...(columns.length === 0 ? {} : { columns }),
    })),
  };
}

function table(draft: Draft, own: DraftTable): Table {
  const options = optionsOf(own);
  const scheme = own.options.get("partition_scheme");
  return {
    kind: "table",
    id: objectId(own.schema, own.name),
    schema: own.schema,
    ...common(own),
    variant: variantOf(own),
    persistence: "permanent",
    columns: own.columns.map((column, index) => columnOf(own, column, index + 1)),
    constraints: sorted(own.constraints.map((constraint) => constraintOf(draft, own, constraint))),
    indexes: sorted([
      ...own.indexes.map((index) => indexOf(own, index)),
      ...own.constraints.flatMap((key) => keyIndex(own, key)),
    ]),
    triggers: sorted(own.triggers.map((trigger) => triggerOf(own, trigger))),
    policies: [],
    ...(scheme === undefined ? {} : { partitionKey: `${scheme} (${own.options.get("partition_column") ?? ""})` }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...grantsOf(own),
  };
}

function variantOf({ options }: DraftTable): Table["variant"] {
  if (options.has("external")) return "foreign";
  return options.has("partition_scheme") ? "partitioned" : "table";
}

/** Options of the table, and what its columns have that the model has no field for: `sparse`, `rowguidcol`, `masked`. */
function optionsOf(own: DraftTable): Readonly<Record<string, string>> {
  const marks = new Map<string, string[]>();
  for (const column of own.columns) {
    for (const [mark, text] of column.marks) {
      const names = marks.get(mark) ?? [];
      marks.set(mark, names);
      names.push(text === "" ? column.name : `${column.name} (${text})`);
    }
  }
  const pairs: (readonly [string, string])[] = [
    ...[...own.options].filter(([name]) => !name.startsWith("partition_")),
    ...[...marks].map(([mark, names]) => [mark, names.join(", ")] as const),
  ];
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const typeIdOf = (type: DraftType): { readonly typeId: string } => ({
  typeId: objectId(type.schema, type.name),
});

function columnOf(own: DraftTable, column: DraftColumn, position: number): Column {
  const raw = column.ownType ? `${column.ownType.schema}.${column.ownType.name}` : column.type.raw;
  return {
    kind: "column",
    id: objectId(own.schema, own.name, column.name),
    ...common(column),
    position,
    type: { ...column.type, raw, ...(column.ownType ? typeIdOf(column.ownType) : {}) },
    nullable: column.nullable,
    ...(column.default ? { default: column.default.expression } : {}),
    ...(column.default?.name === undefined ? {} : { defaultName: column.default.name }),
    // Values of one's own need SET IDENTITY_INSERT: it is always the server that gives them.
    ...(column.identity ? { identity: { always: true, ...column.identity } } : {}),
    ...(column.generated ? { generated: column.generated } : {}),
    ...(column.collation === undefined ? {} : { collation: column.collation }),
  };
}

function triggerOf(own: { readonly schema: string; readonly name: string }, trigger: DraftTrigger): Trigger {
  return {
    kind: "trigger",
    id: objectId(own.schema, own.name, trigger.name),
    ...common(trigger),
    timing: trigger.timing,
    events: trigger.events,
    level: "statement",
    enabled: trigger.enabled ? "origin" : "disabled",
    definition: `CREATE ${trigger.text}`,
  };
}

function view(draft: Draft, own: DraftView): View {
  const options = Object.fromEntries(own.source.options.toSorted().map((option) => [option, "on"]));
  return {
    kind: "view",
    id: objectId(own.schema, own.name),
    schema: own.schema,
    ...common(own),
    // An indexed view keeps its rows.
    materialized: own.indexes.length > 0,
    columns: (own.columns ?? []).map((column, index) => viewColumn(own, column, index + 1)),
    definition: own.source.text,
    dependsOn: dependencies(draft, own),
    indexes: sorted(own.indexes.map((index) => indexOf(own, index))),
    triggers: sorted(own.triggers.map((trigger) => triggerOf(own, trigger))),
    ...(own.source.options.length === 0 ? {} : { options }),
    ...grantsOf(own),
  };
}

function viewColumn(own: DraftView, column: ViewColumn, position: number): Column {
  const comment = own.comments.get(column.name.toLowerCase());
  const type = column.type ?? { raw: "unknown", family: "other" as const };
  const ownType = column.typeOwner;
  return {
    kind: "column",
    id: objectId(own.schema, own.name, column.name),
    name: column.name,
    ...(comment === undefined ? {} : { comment }),
    origin: own.origin,
    position,
    type: ownType ? { ...type, ...typeIdOf(ownType) } : type,
    nullable: column.nullable,
    ...(column.collation === undefined ? {} : { collation: column.collation }),
  };
}

function dependencies(draft: Draft, own: DraftView): string[] {
  const ids = new Set<string>();
  for (const mention of own.source.mentions) {
    const object = draft.find(mention);
    if (!object || object === own) continue;
    if (object.kind === "table" || object.kind === "view") ids.add(objectId(object.schema, object.name));
    if (object.kind === "routine") ids.add(routineOf(draft, object, {}).id);
  }
  return [...ids].sort();
}

function domain(type: Extract<DraftType, { kind: "domain" }>): DomainType {
  const id = objectId(type.schema, type.name);
  return {
    kind: "domain",
    id,
    schema: type.schema,
    ...common(type),
    base: type.base,
    nullable: type.nullable,
    checks: [],
  };
}

function composite(type: Extract<DraftType, { kind: "table type" }>): CompositeType {
  const attributes = type.columns.map((column) => ({
    name: column.name,
    type: { ...column.type, ...(column.ownType ? typeIdOf(column.ownType) : {}) },
  }));
  return { kind: "composite", id: objectId(type.schema, type.name), schema: type.schema, ...common(type), attributes };
}
