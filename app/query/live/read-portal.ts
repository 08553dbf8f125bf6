import type { Client, Connection as Wire, QueryConfig } from "pg";
import type { ReadResult } from "#schemas/replay/protocol.ts";

/** The parts of the driver's query that its types leave out; they are how every version since 8.0 reads rows. */
interface PortalQuery extends NodeJS.EventEmitter {
  _result: { readonly fields: readonly { name: string; dataTypeID: number; dataTypeModifier: number }[] };
  _getRows(connection: Wire, rows: number): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handlePortalSuspended(connection: Wire): void;
  handleError(error: Error, connection: Wire): void;
}

/** Rows that are fetched first; each later portion is twice as large, so that wide rows are met early. */
const FIRST_ROWS = 16;
const MOST_AT_ONCE = 512;

/**
 * Runs one statement by the extended protocol, which takes exactly one, and fetches rows until a limit is met: the server
 * makes no more of them, and no more than one portion over the limit is held. Values are the server's own text.
 */
export async function readPortal(
  client: Client,
  limits: {
    readonly sql: string;
    readonly params: readonly (string | null)[];
    readonly maxRows: number;
    readonly maxBytes: number;
  },
): Promise<ReadResult> {
  const { Query } = await import("pg").then((module) => module.default);
  const { sql, params, maxRows, maxBytes } = limits;
  const config: QueryConfig & { rows: number } = { text: sql, values: [...params], rows: FIRST_ROWS };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- See `PortalQuery`: the parts are there, and the tests on a real server hold them.
  const query = new Query(config) as unknown as PortalQuery & InstanceType<typeof Query>;
  const rows: (readonly (string | null)[])[] = [];
  let bytes = 0;
  let portion = FIRST_ROWS;
  let hasMore = false;
  return new Promise((resolve, reject) => {
    query.handleDataRow = ({ fields }) => {
      for (const text of fields) bytes += text === null ? 0 : Buffer.byteLength(text);
      hasMore ||= rows.length >= maxRows || bytes > maxBytes;
      if (!hasMore) rows.push(fields);
    };
    query.handlePortalSuspended = (connection) => {
      portion = Math.min(portion * 2, MOST_AT_ONCE);
      if (hasMore) connection.sync();
      else query._getRows(connection, portion);
    };
    query.handleError = (error, connection) => {
      // The server waits for it after an error.
      connection.sync();
      reject(error);
    };
    query.once("end", () => {
      const fields = query._result.fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
        name,
        type: dataTypeID,
        modifier: dataTypeModifier,
      }));
      resolve({ fields, rows, hasMore });
    });
    client.query(query);
  });
}
