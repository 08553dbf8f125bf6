import { EngineError } from "#schemas/ports.ts";
import { BusyError, defaultLimits, type Connection } from "#app/query/connection.ts";
import { toQueryConnection, type QueryConnection } from "#app/query/query-connection.ts";

/** SQL that the fake does not answer with its one row. */
const failures: Readonly<Record<string, () => Error>> = {
  "select busy": () => new BusyError(),
  "select slow": () => new EngineError("timeout", "The statement ran longer than 10 s and was stopped."),
  "select large": () => new EngineError("crashed", "The embedded PostgreSQL stopped unexpectedly."),
  "select gone": () => new EngineError("unavailable", "The embedded PostgreSQL could not be started."),
  "select bug": () => new TypeError("a secret of the server"),
  "select nothere": () =>
    new EngineError("sql", 'column "nothere" does not exist', { sqlstate: "42703", position: 8, hint: "Say there." }),
};

const PLAN = JSON.stringify([
  { Plan: { "Node Type": "Result", "Startup Cost": 0, "Total Cost": 0.01, "Plan Rows": 1, "Plan Width": 4 } },
]);

/**
 * A connection that answers `(1, 'shop')` to everything that passes the guard, and fails as `failures` says.
 * `select wait` is answered when `release` is called.
 */
export function fakeConnection(name: string = "embedded"): QueryConnection & {
  release(): void;
  isWaiting(): boolean;
} {
  let release: (() => void) | undefined;
  const connection: Connection = {
    info: {
      name,
      label: "PostgreSQL, pretended",
      isDefault: name === "embedded",
      engine: "embedded",
      dialect: "postgres",
    },
    isReady: () => name !== "starting",
    close: async () => undefined,
    inTransaction: (work) =>
      work({
        read: async ({ sql, maxRows }) => {
          const failure = failures[sql];
          if (failure) throw failure();
          if (sql === "select wait") await new Promise<void>((resolve) => (release = resolve));
          if (sql.startsWith("explain")) {
            const line = sql.includes("format json") ? PLAN : "Result  (cost=0.00..0.01 rows=1 width=4)";
            return { fields: [{ name: "QUERY PLAN", type: 114, modifier: -1 }], rows: [[line]], hasMore: false };
          }
          const fields = [
            { name: "id", type: 23, modifier: -1 },
            { name: "name", type: 25, modifier: -1 },
          ];
          return { fields, rows: maxRows === 0 ? [] : [["1", "shop"]], hasMore: false };
        },
        planForAny: async (explain) => [explain.includes("format json") ? PLAN : "Result"],
        typeNames: async (fields) => fields.map(({ type }) => (type === 23 ? "integer" : "text")),
      }),
  };
  return {
    ...toQueryConnection(connection, { limits: defaultLimits }),
    release: () => release?.(),
    isWaiting: () => release !== undefined,
  };
}
