import type { EnumType, Namespace, Routine } from "#schemas/model.ts";
import type { SiteDescription, SiteQuery } from "#generators/site-data/contract.ts";
import { queriesUsing, relationReference, type Catalog, type Reference } from "./catalog.ts";
import { columnAnchor } from "#generators/site-data/routes.ts";
import { schemaReference } from "./relation-page.ts";
import { placeOf, sourcePlace, type Place } from "./source-place.ts";

export interface EnumPage {
  readonly id: string;
  readonly path: string;
  readonly schema: Reference;
  readonly meaning: SiteDescription | null;
  readonly labels: readonly string[];
  readonly usedBy: readonly Reference[];
  readonly places: readonly Place[];
}

export function enumPage(catalog: Catalog, type: EnumType): EnumPage {
  const usedBy = [...catalog.relations.values()].flatMap((relation) =>
    relation.columns
      .filter((column) => column.type.typeId === type.id)
      .map((column) => ({
        label: column.id,
        path: `${catalog.routes.of(relation.kind, relation.id) ?? ""}#${columnAnchor(column.name)}`,
      })),
  );
  return {
    id: type.id,
    path: catalog.routes.of("enum", type.id) ?? "",
    schema: schemaReference(catalog, type.schema),
    meaning: catalog.meaningOf(type),
    labels: type.labels,
    usedBy,
    places: sourcePlace(catalog.info, type.origin),
  };
}

export interface FunctionPage {
  readonly id: string;
  readonly path: string;
  readonly schema: Reference;
  readonly what: string;
  readonly meaning: SiteDescription | null;
  readonly facts: readonly string[];
  readonly arguments: readonly { readonly name: string; readonly type: string; readonly note: string }[];
  readonly definition: string;
  readonly usedBy: readonly Reference[];
  readonly places: readonly Place[];
}

export function functionPage(catalog: Catalog, routine: Routine): FunctionPage {
  const triggers = catalog.model.tables
    .filter(({ triggers }) => triggers.some((trigger) => trigger.routine === routine.id))
    .map(({ id }) => relationReference(catalog, id));
  return {
    id: routine.id,
    path: catalog.routes.of("function", routine.id) ?? "",
    schema: schemaReference(catalog, routine.schema),
    what: routine.variant.charAt(0).toUpperCase() + routine.variant.slice(1),
    meaning: catalog.meaningOf(routine),
    facts: [
      ...(routine.returns === undefined ? [] : [`returns ${routine.returns}`]),
      routine.language,
      routine.volatility,
      ...(routine.securityDefiner ? ["runs with its owner's rights"] : []),
    ],
    arguments: routine.arguments.map(({ name, type, mode, default: value }) => ({
      name: name ?? "–",
      type,
      note: [mode === "in" ? "" : mode, value === undefined ? "" : `default ${value}`].filter(Boolean).join(", "),
    })),
    definition: routine.definition ?? routine.body,
    usedBy: [...triggers, ...queriesUsing(catalog, routine.id)],
    places: sourcePlace(catalog.info, routine.origin),
  };
}

export interface QueryPage {
  readonly query: SiteQuery;
  readonly path: string;
  readonly uses: readonly Reference[];
  readonly place: Place;
}

export function queryPage(catalog: Catalog, query: SiteQuery): QueryPage {
  return {
    query,
    path: catalog.routes.of("query", query.id) ?? "",
    uses: query.uses.map((id) => relationReference(catalog, id)),
    place: placeOf(catalog.info, "Kept in", query.origin),
  };
}

/** A line of a list of objects. */
export interface Entry extends Reference {
  readonly text: string;
}
export interface SchemaPage {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly meaning: SiteDescription | null;
  readonly diagram: string | null;
  readonly groups: readonly { readonly title: string; readonly entries: readonly Entry[] }[];
}

export function schemaPage(catalog: Catalog, schema: Namespace): SchemaPage {
  const { model, routes } = catalog;
  const inSchema = <T extends { readonly schema: string }>(all: readonly T[]): T[] =>
    all.filter((one) => one.schema === schema.name);
  const entry =
    (kind: "table" | "view" | "enum" | "function") => (object: { id: string; name: string; comment?: string }) => ({
      label: object.name,
      path: routes.of(kind, object.id),
      text: catalog.meaningOf(object)?.text ?? "",
    });
  const groups = [
    {
      title: "Tables",
      entries: inSchema(model.tables)
        .filter((table) => !table.partitionOf)
        .map(entry("table")),
    },
    { title: "Views", entries: inSchema(model.views).map(entry("view")) },
    { title: "Enums", entries: inSchema(model.enums).map(entry("enum")) },
    { title: "Functions", entries: inSchema(model.routines).map(entry("function")) },
  ];
  return {
    id: schema.id,
    path: routes.of("schema", schema.id) ?? "",
    name: schema.name,
    meaning: catalog.meaningOf(schema),
    diagram: catalog.diagramOf("schema", schema.id),
    groups: groups.filter(({ entries }) => entries.length > 0),
  };
}
