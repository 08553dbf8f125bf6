import type { QueryConnection } from "#app/query/query-connection.ts";
import type { AskContext } from "#generators/ask/ask.ts";
import type { OptimizePorts } from "#generators/queries/optimize.ts";

/** What `ask` wants of a database: to plan a query, and to look up the values that a question names. */
export function askPorts(connection: QueryConnection): Required<Pick<AskContext, "check" | "read">> {
  return {
    async check(sql) {
      const outcome = await connection.query({ sql, check: true });
      if (outcome.ok) return null;
      const { message, help, position } = outcome.problem;
      const place = position === undefined ? "" : ` At character ${position}.`;
      return `${message}${place}${help === undefined ? "" : ` ${help}`}`;
    },
    async read(sql) {
      const outcome = await connection.query({ sql });
      if (!outcome.ok) return null;
      return outcome.value.rows.map((row) =>
        row.map((cell) => (typeof cell === "string" ? cell : JSON.stringify(cell))),
      );
    },
  };
}

/** What `optimize` wants of a database: rows to compare and costs. */
export function optimizePorts(connection: QueryConnection): OptimizePorts {
  return {
    async rows(sql) {
      const outcome = await connection.query({ sql });
      // Rows that were cut off cannot be compared.
      if (!outcome.ok || outcome.value.truncated) return null;
      return outcome.value.rows.map((row) => row.map((cell) => JSON.stringify(cell)));
    },
    async cost(sql) {
      const outcome = await connection.explain({ sql });
      return outcome.ok ? outcome.value.tree.cost : null;
    },
  };
}
