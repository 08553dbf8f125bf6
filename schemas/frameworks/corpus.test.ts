import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { detectSources } from "./detect-sources.ts";
import { folderWorkspace } from "#action/workspace/folder-workspace.ts";
import { listFiles } from "./listing.ts";
import { readSource } from "./read-source.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus");

interface Expected {
  readonly framework: string;
  readonly path: string;
  readonly files: number;
  readonly first: string;
  readonly last: string;
  readonly problems?: readonly string[];
  readonly alternates?: readonly string[];
  readonly variants?: readonly string[];
}

const repositories: Readonly<Record<string, Expected>> = {
  authelia: {
    framework: "versioned-up",
    path: "internal/storage/migrations/postgres",
    files: 26,
    first: "V0001.Initial_Schema.up.sql",
    last: "V0026.StorageAADRowScoped.up.sql",
    variants: ["mysql", "sqlite"],
  },
  chinook: {
    framework: "script",
    path: "ChinookDatabase/DataSources/Chinook_PostgreSql.sql",
    files: 1,
    first: "Chinook_PostgreSql.sql",
    last: "Chinook_PostgreSql.sql",
    variants: ["mysql", "mssql"],
  },
  coder: {
    framework: "golang-migrate",
    path: "coderd/database/migrations",
    files: 532,
    first: "000001_base.up.sql",
    last: "000532_rename_ai_gateway_key_last_heartbeat_at.up.sql",
    problems: ["QG217"],
    alternates: ["coderd/database/dump.sql"],
  },
  formbricks: {
    framework: "prisma",
    path: "packages/database/migration",
    files: 167,
    first: "20230329205933_init/migration.sql",
    last: "20260821000000_add_response_survey_finished_index/migration.sql",
  },
  lago: { framework: "dump", path: "db/structure.sql", files: 1, first: "structure.sql", last: "structure.sql" },
  makerkit: {
    framework: "supabase",
    path: "apps/web/supabase/migrations",
    files: 1,
    first: "20241219010757_schema.sql",
    last: "20241219010757_schema.sql",
    alternates: ["apps/web/supabase/migrations"],
  },
  memos: {
    framework: "dump",
    path: "store/migration/postgres/LATEST.sql",
    files: 1,
    first: "LATEST.sql",
    last: "LATEST.sql",
    problems: ["QG217"],
    alternates: ["store/migration/postgres"],
    variants: ["mysql", "sqlite"],
  },
  pagila: {
    framework: "dump",
    path: "pagila-schema.sql",
    files: 1,
    first: "pagila-schema.sql",
    last: "pagila-schema.sql",
  },
  quartz: {
    framework: "script",
    path: "database/tables/tables_postgres.sql",
    files: 1,
    first: "tables_postgres.sql",
    last: "tables_postgres.sql",
    variants: ["mysql", "mssql"],
  },
  sim: {
    framework: "drizzle",
    path: "packages/db/migrations",
    files: 298,
    first: "0000_careless_black_knight.sql",
    last: "0298_nosy_ken_ellis.sql",
    problems: ["QG210 0091_backfill_user_stats.sql"],
    alternates: ["packages/db/migrations"],
  },
  svix: {
    framework: "sqlx",
    path: "server/svix-server/migrations",
    files: 16,
    first: "20220123205937_initial.up.sql",
    last: "20250909214223_messageattempt_endp_idx.up.sql",
    alternates: ["server/svix-server/migrations"],
  },
  "trigger.dev": {
    framework: "prisma",
    path: "internal-packages/database/prisma/migrations",
    files: 820,
    first: "20221206131204_init/migration.sql",
    last: "20260818120100_add_worker_deployment_environment_id_external_id_index/migration.sql",
    alternates: ["internal-packages/database/prisma/schema.prisma"],
    problems: ["QG217"],
  },
  uaa: {
    framework: "flyway",
    path: "server/src/main/resources/org/cloudfoundry/identity/uaa/db/postgresql",
    files: 89,
    first: "V1_5_2__initial_db.sql",
    last: "V4_110__Add_ExternalKey_To_Identity_Provider.sql",
    variants: ["hsqldb", "mysql"],
  },
  umami: {
    framework: "prisma",
    path: "prisma/migrations",
    files: 19,
    first: "01_init/migration.sql",
    last: "19_add_session_replay/migration.sql",
    alternates: ["prisma/schema.prisma"],
    problems: ["QG217"],
  },
};

describe.skipIf(!existsSync(corpus))("real repositories without configuration", () => {
  test.each(Object.entries(repositories))(
    "finds the one PostgreSQL schema of %s and reads it in order",
    async (name, expected) => {
      const listing = await listFiles(folderWorkspace(join(corpus, name)), { fileMegabytes: 64 });
      const { value, problems } = await detectSources({ listing, engine: "postgres" });
      const [source] = value;
      expect(value).toHaveLength(1);
      expect(source).toMatchObject({
        id: "main",
        framework: expected.framework,
        path: expected.path,
        files: expected.files,
      });
      expect(source?.alternates.map((one) => one.path)).toEqual(expected.alternates ?? []);
      expect(source?.variants.map((one) => one.engine)).toEqual(expected.variants ?? []);
      const read = await readSource({
        source: { path: expected.path, framework: expected.framework },
        listing,
        engine: "postgres",
      });
      const paths = read.value.filter((file) => file.isPrelude !== true).map((file) => file.path);
      expect(paths).toHaveLength(expected.files);
      expect(paths.at(0)?.endsWith(`/${expected.first}`) || paths.at(0) === expected.first).toBe(true);
      expect(paths.at(-1)?.endsWith(`/${expected.last}`) || paths.at(-1) === expected.last).toBe(true);
      const told = [...problems, ...read.problems].map((one) =>
        [one.code, one.origin?.file.split("/").at(-1)].filter(Boolean).join(" "),
      );
      expect(told).toEqual(expected.problems ?? []);
    },
  );

  test.each(["bitwarden", "exceptional", "mediawiki", "phpipam"])(
    "says which engine %s is for instead",
    async (name) => {
      const listing = await listFiles(folderWorkspace(join(corpus, name)), { fileMegabytes: 64 });
      const { value, problems } = await detectSources({ listing, engine: "postgres" });
      expect(value).toEqual([]);
      expect(problems).toMatchObject([
        { code: "QG110", message: expect.stringMatching(/only schemas for m(?:y|s)sql were found$/) },
      ]);
    },
  );

  test("knows DbUp's history of bitwarden and the objects it declares beside it", async () => {
    const listing = await listFiles(folderWorkspace(join(corpus, "bitwarden")), { fileMegabytes: 64 });
    const { value } = await detectSources({ listing, engine: "mssql" });
    expect(value.map((one) => `${one.framework} ${one.path}`)).toEqual([
      "dbup util/Migrator/DbScripts",
      "ssdt src/Sql/dbo",
    ]);
  });

  test("reports the templates of supabase-auth until they get a value", async () => {
    const listing = await listFiles(folderWorkspace(join(corpus, "supabase-auth")), { fileMegabytes: 64 });
    const source = { path: "migrations", variables: { Namespace: "auth" } };
    const without = await readSource({ source: { path: "migrations" }, listing, engine: "postgres" });
    const filled = await readSource({ source, listing, engine: "postgres" });
    const detected = await detectSources({ listing, engine: "postgres" });
    expect(detected.value).toMatchObject([{ framework: "popx", path: "migrations", files: 70 }]);
    expect(new Set(without.problems.map((one) => one.code))).toEqual(new Set(["QG208"]));
    expect(filled.problems).toEqual([]);
    expect(filled.value).toHaveLength(70);
    expect(filled.value.filter((file) => file.text.includes("{{"))).toEqual([]);
  });
});
