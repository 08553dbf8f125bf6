import {
  MODEL_VERSION,
  type Evidence,
  type Extension,
  type Namespace,
  type OtherObject,
  type SchemaModel,
  type Sequence,
} from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";
import type { Origin } from "#schemas/source.ts";
import { CATALOG, origin, sorted, type CatalogContext, type OriginOf } from "./context.ts";
import type { CatalogRows, DefinedRow } from "./rows.ts";
import { routines } from "./routines-to-model.ts";
import { relations } from "./relations-to-model.ts";
import { types } from "./types-to-model.ts";

export interface CatalogOptions {
  readonly evidence: Evidence;
  readonly engine: { readonly name: string; readonly version: string };
  readonly complete: boolean;
  readonly originOf?: OriginOf;
  /** Extensions that scripts asked for and the engine lacks. */
  readonly missingExtensions?: readonly { readonly name: string; readonly origin?: Origin }[];
  /** Tables of migration runners, left out. */
  readonly isBookkeeping?: (schema: string, table: string) => boolean;
}

/** The model of a database from its catalog. Pure. */
export function catalogToModel(rows: CatalogRows, options: CatalogOptions): SchemaModel {
  const context: CatalogContext = {
    rows,
    originOf: options.originOf ?? (() => undefined),
    isBookkeeping: options.isBookkeeping ?? (() => false),
    hasRows: options.evidence === "live",
    owned: ({ owner, acl, comment }) => ({
      // The one who runs the scripts owns everything; only another owner says something.
      ...(owner === rows.owner || owner === "pg_database_owner" ? {} : { owner }),
      ...(acl === null || acl.length === 0 ? {} : { grants: acl }),
      ...(comment === null ? {} : { comment }),
    }),
  };
  const { tables, views } = relations(context);
  return {
    version: MODEL_VERSION,
    dialect: "postgres",
    evidence: options.evidence,
    engine: options.engine,
    complete: options.complete,
    schemas: schemas(context),
    extensions: extensions(context, options),
    ...types(context),
    sequences: sequences(context),
    tables,
    views,
    routines: routines(context),
    others: others(context),
  };
}

function schemas(context: CatalogContext): Namespace[] {
  const used = new Set(
    [...context.rows.relations, ...context.rows.types, ...context.rows.routines, ...context.rows.sequences].map(
      (row) => row.schema,
    ),
  );
  return sorted(
    context.rows.schemas
      // The schema every database has says nothing while it is empty.
      .filter((row) => row.name !== "public" || used.has("public"))
      .map((row) => {
        const { comment, grants, owner } = context.owned(row);
        const isDefault = row.name === "public";
        return {
          kind: "schema",
          id: objectId(row.name),
          name: row.name,
          ...(owner === undefined ? {} : { owner }),
          ...(grants === undefined || isDefault ? {} : { grants }),
          ...(comment === undefined || comment === "standard public schema" ? {} : { comment }),
          ...origin(context.originOf(CATALOG.namespace, row.oid)),
        } as const;
      }),
  );
}

function extensions(context: CatalogContext, options: CatalogOptions): Extension[] {
  const present = context.rows.extensions.map((row) => ({
    kind: "extension" as const,
    id: objectId(row.name),
    name: row.name,
    schema: row.schema,
    version: row.version,
    ...origin(context.originOf(CATALOG.extension, row.oid)),
  }));
  const missing = (options.missingExtensions ?? [])
    .filter(({ name }) => !present.some((extension) => extension.name === name))
    .map((entry) => ({
      kind: "extension" as const,
      id: objectId(entry.name),
      name: entry.name,
      schema: "public",
      version: "",
      missing: true,
      ...origin(entry.origin),
    }));
  return sorted([...present, ...missing]);
}

function sequences(context: CatalogContext): Sequence[] {
  const columns = new Map(context.rows.columns.map((row) => [`${row.rel}.${row.num}`, row.name]));
  const tables = new Map(context.rows.relations.map((row) => [row.oid, row]));
  const out: Sequence[] = [];
  for (const row of context.rows.sequences) {
    // An identity column holds its sequence; it is not listed twice.
    if (row.ownedBy?.dep === "i") continue;
    const table = row.ownedBy === null ? undefined : tables.get(row.ownedBy.rel);
    const column = row.ownedBy === null ? undefined : columns.get(`${row.ownedBy.rel}.${row.ownedBy.num}`);
    if (table && context.isBookkeeping(table.schema, table.name)) continue;
    out.push({
      kind: "sequence",
      id: objectId(row.schema, row.name),
      name: row.name,
      schema: row.schema,
      ...context.owned(row),
      type: row.type,
      start: row.start,
      increment: row.increment,
      minimum: row.minimum,
      maximum: row.maximum,
      cycle: row.cycle,
      ...(table && column !== undefined
        ? { ownedBy: { column: objectId(table.schema, table.name, column), by: "serial" as const } }
        : {}),
      ...origin(context.originOf(CATALOG.class, row.oid)),
    });
  }
  return sorted(out);
}

function others(context: CatalogContext): OtherObject[] {
  const make = (kind: OtherObject["kind"], catalog: number) => (row: DefinedRow) => ({
    kind,
    id: objectId(...[row.schema, row.table, row.name].filter((part) => part !== undefined)),
    name: row.name,
    ...(row.schema === undefined ? {} : { schema: row.schema }),
    definition: row.definition,
    ...(row.comment === null ? {} : { comment: row.comment }),
    ...origin(context.originOf(catalog, row.oid)),
  });
  return [
    ...context.rows.eventTriggers.map(make("event trigger", CATALOG.eventTrigger)),
    ...context.rows.publications.map(make("publication", CATALOG.publication)),
    ...context.rows.rules.map(make("rule", CATALOG.rewrite)),
    ...context.rows.statistics.map(make("statistics", CATALOG.statistics)),
  ];
}
