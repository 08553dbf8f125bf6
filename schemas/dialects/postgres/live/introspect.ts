import { loadParser, type Parser } from "../../../languages/sql/postgres/parse.ts";
import type { Extension, SchemaModel } from "../../../model.ts";
import { isBookkeepingTable } from "../../../replay/bookkeeping.ts";
import { alignSpelling } from "../../align-spelling.ts";
import { liveFailure } from "../../live-failure.ts";
import type { LiveModel, LiveReader } from "../../live-reader.ts";
import type { LiveTarget } from "../../live-target.ts";
import { catalogQuery } from "../catalog/query.ts";
import type { CatalogRows } from "../catalog/rows.ts";
import { catalogToModel } from "../catalog/to-model.ts";
import { openSession, type PostgresSession } from "./session.ts";
import { isSamePostgresText } from "./same-text.ts";
import { readStatistics } from "./statistics.ts";
import { readWorkload } from "./workload.ts";

/** PostgreSQL 12 and newer: the catalog query of the replay, one round trip behind the sign-in. */
export const postgresLive: LiveReader = {
  id: "postgres",
  async open(target) {
    const session = await openSession(target);
    return {
      engine: { name: "PostgreSQL", version: session.versionText },
      readModel: () => readModel(session, target),
      readStatistics: (options) => readStatistics(session, options),
      readWorkload: (limit) => readWorkload(session, limit),
      close: () => session.close(),
    };
  },
};

async function readModel(session: PostgresSession, target: LiveTarget): Promise<LiveModel> {
  const parser = await loadParser();
  const [row, ...others] = await session.rows([catalogQuery([], session.version)]);
  const text = row?.["catalog"];
  if (typeof text !== "string" || others.length > 0) throw liveFailure(target, "cut");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The query's shape and the type are written side by side in ../catalog.
  const rows = JSON.parse(text) as CatalogRows;
  const model = catalogToModel(rows, {
    evidence: "live",
    engine: { name: "PostgreSQL", version: session.versionText },
    complete: true,
    isBookkeeping: (_schema, table) => isBookkeepingTable(table),
  });
  return {
    model,
    problems: [],
    alignedWith: (committed) => aligned({ model, committed, parser, version: session.version }),
  };
}

interface AlignInput {
  readonly model: SchemaModel;
  readonly committed: SchemaModel;
  readonly parser: Parser;
  readonly version: number;
}

function aligned({ model, committed, parser, version }: AlignInput): SchemaModel {
  const spelled = alignSpelling(model, committed, {
    isSame: (live, own, { field, kind }) =>
      isSamePostgresText(parser, live, own, field === "definition" && kind === "view"),
  });
  return {
    ...spelled,
    extensions: spelled.extensions.map((extension) => sameExtension(extension, committed)),
    ...(version >= NAMED_NOT_NULLS ? {} : { tables: withNotNullNames(spelled.tables, committed) }),
  };
}

/** Which version of an extension there is, the server's packages decide and not the scripts. */
function sameExtension(extension: Extension, committed: SchemaModel): Extension {
  const own = committed.extensions.find(({ name }) => name === extension.name);
  if (!own) return extension;
  return { ...extension, version: own.version, ...(own.missing === true ? { schema: own.schema, missing: true } : {}) };
}

/** Since when NOT NULL is a constraint with a name. */
const NAMED_NOT_NULLS = 180_000;

function withNotNullNames(tables: SchemaModel["tables"], committed: SchemaModel): SchemaModel["tables"] {
  const names = new Map(
    committed.tables.flatMap((table) =>
      table.columns.flatMap(({ id, notNullName }) => (notNullName === undefined ? [] : [[id, notNullName] as const])),
    ),
  );
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const notNullName = names.get(column.id);
      return notNullName === undefined || column.nullable ? column : { ...column, notNullName };
    }),
  }));
}
