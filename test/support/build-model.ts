import { MODEL_VERSION } from "#schemas/model.ts";
import type { EnumType, Extension, Routine, SchemaModel, Sequence, TypeFamily, View } from "#schemas/model.ts";
import { objectId, routineId } from "#schemas/object-id.ts";
import { buildTable } from "./build-table.ts";
import { buildColumns, byId, dataType, pick, split } from "./draft-parts.ts";
import type { TypeOf } from "./draft-parts.ts";
import type { EnumDraft, ExtensionDraft, ModelDraft, RoutineDraft, SequenceDraft, ViewDraft } from "./model-draft.ts";

/** A model with everything a real one has, sorted as a real one is; the draft adds no ids and no definitions. */
export function buildModel(draft: ModelDraft): SchemaModel {
  const { enums = [], domains = [], composites = [], ranges = [], sequences = [], tables = [], views = [] } = draft;
  const routines = draft.routines ?? [];
  const typeNames = new Map<string, TypeFamily>();
  for (const { name } of enums) typeNames.set(name, "enum");
  for (const { name } of domains) typeNames.set(name, "text");
  for (const { name } of composites) typeNames.set(name, "composite");
  for (const { name } of ranges) typeNames.set(name, "range");
  const typeOf = (text: string) => dataType(text, typeNames);
  const named = [...enums, ...domains, ...composites, ...ranges, ...sequences, ...tables, ...views, ...routines];
  const schemas = new Set([...(draft.schemas ?? []), ...named.map(({ name }) => split(name).schema)]);
  return {
    version: MODEL_VERSION,
    dialect: "postgres",
    evidence: "measured",
    engine: { name: "PGlite", version: "18.6" },
    complete: true,
    schemas: byId([...schemas].map((name) => ({ kind: "schema" as const, id: objectId(name), name }))),
    extensions: byId((draft.extensions ?? []).map(buildExtension)),
    enums: byId(enums.map(buildEnum)),
    domains: byId(
      domains.map(({ name, base, check }) => ({
        kind: "domain" as const,
        ...split(name),
        base: typeOf(base),
        nullable: true,
        checks: check
          ? [{ name: `${split(name).name}_check`, expression: check, definition: `CHECK (${check})`, validated: true }]
          : [],
      })),
    ),
    composites: byId(
      composites.map(({ name, attributes }) => ({
        kind: "composite" as const,
        ...split(name),
        attributes: attributes.map((attribute) => ({ name: attribute.name, type: typeOf(attribute.type) })),
      })),
    ),
    ranges: byId(
      ranges.map(({ name, subtype }) => ({
        kind: "range" as const,
        ...split(name),
        subtype: typeOf(subtype),
      })),
    ),
    sequences: byId(sequences.map(buildSequence)),
    tables: byId(tables.map((table) => buildTable(table, typeOf))),
    views: byId(views.map((view) => buildView(view, typeOf))),
    routines: byId(routines.map(buildRoutine)),
    others: byId((draft.others ?? []).map((other) => ({ ...other, id: objectId(other.name) }))),
  };
}

function buildView(draft: ViewDraft, typeOf: TypeOf): View {
  const names = split(draft.name);
  return {
    kind: "view",
    ...names,
    ...pick(draft),
    materialized: draft.materialized ?? false,
    columns: buildColumns(draft.columns, names.id, typeOf),
    definition: draft.definition,
    dependsOn: draft.reads.map((name) => split(name).id).sort(),
    indexes: [],
    triggers: [],
  };
}

function buildRoutine(draft: RoutineDraft): Routine {
  const { schema, name, id } = split(draft.name);
  const types = draft.arguments ?? [];
  return {
    kind: "routine",
    id: routineId(schema, name, types),
    schema,
    name,
    variant: "function",
    arguments: types.map((type) => ({ mode: "in", type })),
    returns: draft.returns ?? "trigger",
    language: "plpgsql",
    volatility: "volatile",
    strict: false,
    securityDefiner: false,
    definition: `CREATE OR REPLACE FUNCTION ${id}(${types.join(", ")}) AS $function$${draft.body}$function$`,
    body: draft.body,
  };
}

function buildSequence({ name, start = "1", ownedBy }: SequenceDraft): Sequence {
  const limits = { start, increment: "1", minimum: "1", maximum: "9223372036854775807", cycle: false };
  const owner = ownedBy ? { ownedBy: { column: objectId(...ownedBy.split(".")), by: "serial" as const } } : {};
  return { kind: "sequence", ...split(name), type: "bigint", ...limits, ...owner };
}

function buildExtension({ name, version = "1.0" }: ExtensionDraft): Extension {
  return { kind: "extension", id: objectId(name), name, schema: "public", version };
}

function buildEnum(draft: EnumDraft): EnumType {
  return { kind: "enum", ...split(draft.name), ...pick(draft), labels: draft.labels };
}
