import { createHash } from "node:crypto";
import { parseMysqlPlan } from "#generators/queries/plans/mysql-plan.ts";
import { parseShowplan } from "#generators/queries/plans/showplan.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { LiveTarget } from "#schemas/dialects/live-target.ts";
import type { Dialect } from "#schemas/model.ts";
import type { ConnectionInfo, Limits } from "../connection.ts";
import { toQueryConnection, type QueryConnection } from "../query-connection.ts";
import { byRuleConnection } from "./by-rule-connection.ts";
import { openMssqlSession } from "./mssql.ts";
import { openMysqlSession } from "./mysql.ts";
import { postgresConnection } from "./postgres.ts";
import { sessionPool } from "./session-pool.ts";

type Open = (target: LiveTarget, shared: { readonly info: ConnectionInfo; readonly limits: Limits }) => QueryConnection;

const openers: Readonly<Record<Dialect, Open>> = {
  postgres: (target, { info, limits }) =>
    toQueryConnection(postgresConnection(target, { info, limits }), { limits, revision: placeOf(target) }),
  mysql: (target, { info, limits }) =>
    byRuleConnection({
      info,
      limits,
      grammar: "mysql",
      readPlan: parseMysqlPlan,
      pool: sessionPool({ open: () => openMysqlSession(target), waitingMost: limits.waiting }),
    }),
  mssql: (target, { info, limits }) =>
    byRuleConnection({
      info,
      limits,
      grammar: "mssql",
      readPlan: parseShowplan,
      pool: sessionPool({ open: () => openMssqlSession(target), waitingMost: limits.waiting }),
    }),
};

/** Which database it is: two of one name in two configurations may share a cache. */
function placeOf({ dialect, host, port, user = "", database = "" }: LiveTarget): string {
  return createHash("sha256")
    .update(JSON.stringify([dialect, host, port, user, database]))
    .digest("base64url");
}

/** A running database as a connection. Nothing is opened before the first query; the caller closes it. */
export function openLiveConnection(target: LiveTarget, limits: Limits): QueryConnection {
  const { connection: name, dialect } = target;
  const label = `${dialectFacts(dialect).title}, live`;
  const info: ConnectionInfo = { name, label, isDefault: false, engine: dialect, dialect };
  const timeouts = { ...target.timeouts, statementMs: limits.timeoutMs };
  return openers[dialect]({ ...target, timeouts }, { info, limits });
}
