import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyAll } from "#test/support/apply-files.ts";
import { selfSigned } from "#test/support/certificate.ts";
import { mariadbTarget, mssqlTarget, postgresTarget } from "#test/support/live-targets.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { mssqlAnswers } from "#test/support/mssql-answers.ts";
import { mssqlCatalog } from "#test/support/mssql-catalog.ts";
import { cuttingProxy, silentServer, type OddServer } from "#test/support/odd-servers.ts";
import { freePort, postgresCase, startPostgres, type PostgresServer } from "#test/support/postgres.ts";
import { shopFiles } from "#test/support/shop.ts";
import { startTdsServer, type TdsAnswer, type TdsServer } from "#test/support/tds-server.ts";
import { ProblemError, type Problem } from "../problem.ts";
import type { LiveTarget } from "./live-target.ts";
import { openLive } from "./live-readers.ts";
import { liveCases } from "./mssql/live/live-cases.ts";
import { readMssqlModel } from "./mssql/read-mssql-model.ts";

const certificate = selfSigned();
const elsewhere = selfSigned(["DNS:db.example"]);
const SECRET = "tr0ub4dor";

/** What a target's server says: `ok`, or the problem's code. with whatever the problem does wrong behind it. */
async function outcome(target: LiveTarget): Promise<string> {
  try {
    const live = await openLive(target);
    try {
      const { model } = await live.readModel();
      return model.tables.length > 0 ? "ok" : "empty";
    } finally {
      await live.close();
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [problem] = error.problems;
    return [problem?.code ?? "", ...indiscretions(problem, target), ...wrongs(error)].join("; ");
  }
}

const wrongs = (error: ProblemError): readonly string[] => [
  ...(error.exitCode === 3 ? [] : [`exit code ${error.exitCode}`]),
  ...(error.cause === undefined ? [] : ["the driver's error is kept"]),
];

/** What a problem says of its target beside the name, and what it should say and does not. */
function indiscretions(problem: Problem | undefined, target: LiveTarget): readonly string[] {
  const text = JSON.stringify(problem);
  const hidden = [target.password, target.user, target.host, target.database].filter((one) => (one?.length ?? 0) > 4);
  return [
    ...hidden.filter((one) => text.includes(one ?? "")).map((one) => `tells ${one ?? ""}`),
    ...(problem?.message.includes(`"${target.connection}"`) === true ? [] : ["does not name the connection"]),
    ...(problem?.help === undefined ? ["does not help"] : []),
  ];
}

interface Case {
  readonly name: string;
  readonly change: Partial<LiveTarget>;
  readonly expected: string;
}

/** What must hold of every server; `tls` says whether the server offers it. */
const everywhere: readonly Case[] = [
  { name: "reads with the right password", change: {}, expected: "ok" },
  { name: "reports a wrong password", change: { password: "wrong-password" }, expected: "QG704" },
  { name: "reports a user that does not exist", change: { user: "stranger" }, expected: "QG704" },
  { name: "reports a host without an address", change: { host: "no-such-host.invalid" }, expected: "QG703" },
  { name: "refuses a certificate that nobody vouches for", change: { tls: "verify" }, expected: "QG705" },
  {
    name: "takes a certificate that tlsCa vouches for",
    change: { tls: "verify", ca: certificate.cert },
    expected: "ok",
  },
  {
    name: "refuses a certificate of another authority",
    change: { tls: "verify", ca: elsewhere.cert },
    expected: "QG705",
  },
  { name: "takes any certificate with no-verify", change: { tls: "no-verify" }, expected: "ok" },
];

async function closedPort(target: LiveTarget): Promise<string> {
  return await outcome({ ...target, port: await freePort() });
}

async function silence(target: LiveTarget): Promise<string> {
  const server = await silentServer();
  try {
    return await outcome({ ...target, port: server.port, timeouts: { connectMs: 300, statementMs: 300 } });
  } finally {
    await server.close();
  }
}

/** The line is cut after so many bytes of answers; the problem for each. */
async function cuts(target: LiveTarget, bytes: readonly number[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const limit of bytes) {
    const proxy: OddServer = await cuttingProxy(target.port, limit);
    found.push(await outcome({ ...target, port: proxy.port }));
    await proxy.close();
  }
  return found;
}

const postgres = await postgresCase("npm");

describe.skipIf(postgres.isMissing)(`failures of a PostgreSQL ${postgres.title}`, () => {
  let server: PostgresServer;
  let plain: PostgresServer;
  let target: LiveTarget;
  beforeAll(async () => {
    const hba = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    const files = { "pg_hba.conf": hba, "server.key": certificate.key, "server.crt": certificate.cert };
    server = await startPostgres({ settings: ["-c", "ssl=on"], files });
    plain = await startPostgres();
    await applyAll(server.client, shopFiles());
    await server.client.query(`create role live_reader login password '${SECRET}'`);
    await server.client.query("create database private_books");
    await server.client.query("revoke connect on database private_books from public");
    target = postgresTarget(server.connection, { user: "live_reader", password: SECRET });
  });
  afterAll(async () => {
    await server?.close();
    await plain?.close();
  });

  it.each(everywhere)("$name", async ({ change, expected }) => {
    expect(await outcome({ ...target, ...change })).toBe(expected);
  });
  it("reports a database that does not exist", async () => {
    expect(await outcome({ ...target, database: "nowhere" })).toBe("QG704");
  });
  it("reports a revoked right", async () => {
    expect(await outcome({ ...target, database: "private_books" })).toBe("QG708");
  });
  it("reports a closed port and a server that says nothing", async () => {
    expect([await closedPort(target), await silence(target)]).toEqual(["QG703", "QG703"]);
  });
  it("reports a server without TLS", async () => {
    expect(await outcome(postgresTarget(plain.connection, { tls: "verify" }))).toBe("QG705");
  });
  it("reports a server that takes too long", async () => {
    expect(await outcome({ ...target, timeouts: { connectMs: 10_000, statementMs: 1 } })).toBe("QG706");
  });
  it("reports a connection that is cut in the middle", async () => {
    expect(await cuts(target, [1, 300, 5000, 50_000])).toEqual(["QG707", "QG707", "QG707", "QG707"]);
  });
});

const isMariadbMissing = !hasMariadb();

describe.skipIf(isMariadbMissing)(
  `failures of a MariaDB${isMariadbMissing ? " (not run: it is not installed)" : ""}`,
  () => {
    let server: MariadbServer;
    let plain: MariadbServer;
    let target: LiveTarget;
    let plainPort: number;
    beforeAll(async () => {
      const port = await freePort();
      plainPort = await freePort();
      server = await startMariadb({
        port,
        files: { "key.pem": certificate.key, "cert.pem": certificate.cert },
        settings: ["--ssl-cert=cert.pem", "--ssl-key=key.pem"],
      });
      plain = await startMariadb({ port: plainPort, settings: ["--skip-ssl"] });
      for (const one of [server, plain])
        one.run("", [
          "create database bookshop",
          "create table bookshop.orders (id int primary key, total decimal(9,2))",
          "create database private_books",
          `create user live_reader@'127.0.0.1' identified by '${SECRET}'`,
          "grant select on bookshop.* to live_reader@'127.0.0.1'",
        ]);
      target = mariadbTarget("127.0.0.1", "bookshop", { port, user: "live_reader", password: SECRET });
    });
    afterAll(async () => {
      await server?.stop();
      await plain?.stop();
    });

    it.each(everywhere)("$name", async ({ change, expected }) => {
      expect(await outcome({ ...target, ...change })).toBe(expected);
    });
    it("reports a database that is not there or not for this user", async () => {
      expect(await outcome({ ...target, database: "private_books" })).toBe("QG708");
    });
    it("reports a closed port and a server that says nothing", async () => {
      expect([await closedPort(target), await silence(target)]).toEqual(["QG703", "QG703"]);
    });
    it("reports a server without TLS", async () => {
      expect(await outcome({ ...target, port: plainPort, tls: "verify" })).toBe("QG705");
    });
    it("reports a connection that is cut in the middle", async () => {
      expect(await cuts(target, [1, 120, 200, 1200])).toEqual(["QG707", "QG707", "QG707", "QG707"]);
    });
  },
);

describe("failures of a server that speaks TDS", () => {
  const model = readMssqlModel([
    { path: "shop.sql", text: liveCases[0]?.sql ?? "", version: "1", transaction: "none" },
  ]).model;
  const answer = mssqlAnswers(mssqlCatalog(model));
  const options = { user: "live_reader", password: SECRET, database: "bookshop" };
  let server: TdsServer;
  let target: LiveTarget;
  beforeAll(async () => {
    server = await startTdsServer({ ...options, answer, tls: certificate });
    target = mssqlTarget(server.port, options);
  });
  afterAll(async () => {
    await server?.close();
  });

  it.each(everywhere)("$name", async ({ change, expected }) => {
    expect(await outcome({ ...target, ...change })).toBe(expected);
  });
  it("reports a database that does not exist", async () => {
    expect(await outcome({ ...target, database: "nowhere" })).toBe("QG704");
  });
  it("reports a closed port and a server that says nothing", async () => {
    expect([await closedPort(target), await silence(target)]).toEqual(["QG703", "QG703"]);
  });

  /** How a server fails behind the sign-in. */
  const behindSignIn: readonly { readonly name: string; readonly answer: TdsAnswer; readonly expected: string }[] = [
    {
      name: "reports a revoked right",
      answer: { kind: "error", number: 229, message: "The SELECT permission was denied." },
      expected: "QG708",
    },
    {
      name: "reports a statement that is refused",
      answer: { kind: "error", number: 102, message: "Incorrect syntax." },
      expected: "QG709",
    },
    { name: "reports a server that takes too long", answer: { kind: "silence" }, expected: "QG706" },
    {
      name: "reports a connection that is cut in the middle",
      answer: { kind: "cut", sets: ["[]", "[]"] },
      expected: "QG707",
    },
    { name: "reports an answer that lacks a part", answer: { kind: "rows", sets: ["[]"] }, expected: "QG707" },
  ];
  it.each(behindSignIn)("$name", async ({ answer: failing, expected }) => {
    let count = 0;
    const faulty = await startTdsServer({
      ...options,
      // The first batch asks for the version.
      answer: (sql) => (sql.startsWith("set nocount") && ++count > 1 ? failing : answer(sql)),
    });
    const timeouts = { connectMs: 5000, statementMs: 700 };
    expect(await outcome(mssqlTarget(faulty.port, { ...options, timeouts }))).toBe(expected);
    await faulty.close();
  });
  it("reports a server without TLS", async () => {
    const plain = await startTdsServer({ ...options, answer });
    expect(await outcome(mssqlTarget(plain.port, { ...options, tls: "verify" }))).toBe("QG705");
    await plain.close();
  });
});
