import { customers, orders, status } from "./layout.ts";
import type { Layout } from "./layout.ts";

/** Layouts that their tools mark by a file or a comment of their own. */
export const toolLayouts: Readonly<Record<string, Layout>> = {
  atlas: {
    folder: "migrations",
    files: {
      "migrations/atlas.sum": "h1:shop=\n",
      "migrations/20260101000000_customers.sql": customers,
      "migrations/20260102000000_orders.sql": orders,
      "migrations/20260103000000.sql": status,
    },
    order: [
      "migrations/20260101000000_customers.sql",
      "migrations/20260102000000_orders.sql",
      "migrations/20260103000000.sql",
    ],
    transaction: "file",
    below: "migrations/testdata",
  },
  dbmate: {
    folder: "db/migrations",
    files: {
      "db/migrations/20260101000000_customers.sql": `-- migrate:up\n${customers}\n-- migrate:down\nDROP TABLE customers;\n`,
      "db/migrations/20260102000000_orders.sql": `-- migrate:up\n${orders}\n-- migrate:down\n`,
      "db/migrations/20260103000000_status.sql": `-- migrate:up\n${status}\n-- migrate:down\n`,
    },
    order: [
      "db/migrations/20260101000000_customers.sql",
      "db/migrations/20260102000000_orders.sql",
      "db/migrations/20260103000000_status.sql",
    ],
    transaction: "file",
    below: "db/migrations/testdata",
  },
  dbup: {
    folder: "src/Shop.Migrator/Scripts",
    files: {
      "src/Shop.Migrator/Shop.Migrator.csproj": '<PackageReference Include="dbup-postgresql" Version="6.0.0" />\n',
      "src/Shop.Migrator/Scripts/2026-01-01_00_Customers.sql": customers,
      "src/Shop.Migrator/Scripts/2026-01-02_00_Orders.sql": orders,
      "src/Shop.Migrator/Scripts/2026-01-02_01_Status.sql": status,
    },
    order: [
      "src/Shop.Migrator/Scripts/2026-01-01_00_Customers.sql",
      "src/Shop.Migrator/Scripts/2026-01-02_00_Orders.sql",
      "src/Shop.Migrator/Scripts/2026-01-02_01_Status.sql",
    ],
    transaction: "none",
    below: "src/Shop.Migrator/Scripts/testdata",
  },
  diesel: {
    folder: "migrations",
    files: {
      "diesel.toml": "[migrations_directory]\ndir = 'migrations'\n",
      "migrations/2026-01-01-000000_customers/up.sql": customers,
      "migrations/2026-01-01-000000_customers/down.sql": "DROP TABLE customers;\n",
      "migrations/2026-01-02-000000_orders/up.sql": orders,
      "migrations/2026-01-03-000000_status/up.sql": status,
    },
    order: [
      "migrations/2026-01-01-000000_customers/up.sql",
      "migrations/2026-01-02-000000_orders/up.sql",
      "migrations/2026-01-03-000000_status/up.sql",
    ],
    transaction: "file",
    below: "migrations/2026-01-01-000000_customers/deeper",
  },
  goose: {
    folder: "migrations",
    files: {
      "migrations/00001_customers.sql": `-- +goose Up\n${customers}\n-- +goose Down\nDROP TABLE customers;\n`,
      "migrations/00002_orders.sql": `-- +goose Up\n${orders}`,
      "migrations/00010_status.sql": `-- +goose up\n${status}`,
    },
    order: ["migrations/00001_customers.sql", "migrations/00002_orders.sql", "migrations/00010_status.sql"],
    transaction: "file",
    below: "migrations/testdata",
  },
  "graphile-migrate": {
    folder: "migrations",
    files: {
      "migrations/committed/000001.sql": `--! Previous: -\n--! Hash: sha1:a1\n\n${customers}`,
      "migrations/committed/000002-orders.sql": `--! Previous: sha1:a1\n--! Hash: sha1:b2\n\n${orders}`,
      "migrations/current.sql": status,
    },
    order: ["migrations/committed/000001.sql", "migrations/committed/000002-orders.sql", "migrations/current.sql"],
    transaction: "file",
    below: "migrations/committed/testdata",
  },
  hasura: {
    folder: "migrations/default",
    files: {
      "config.yaml": "version: 3\nendpoint: http://localhost:8080\n",
      "migrations/default/1767225600000_customers/up.sql": customers,
      "migrations/default/1767225600000_customers/down.sql": "DROP TABLE customers;\n",
      "migrations/default/1767312000000_orders/up.sql": orders,
      "migrations/default/1767398400000_status/up.sql": status,
    },
    order: [
      "migrations/default/1767225600000_customers/up.sql",
      "migrations/default/1767312000000_orders/up.sql",
      "migrations/default/1767398400000_status/up.sql",
    ],
    transaction: "file",
    below: "migrations/default/1767225600000_customers/deeper",
  },
  liquibase: {
    folder: "db/changelog",
    files: {
      "db/changelog/db.changelog-master.yaml": [
        "databaseChangeLog:",
        "  - include: { file: changes/z-customers.sql, relativeToChangelogFile: true }",
        "  - include: { file: db/changelog/changes/a-orders.sql }",
        "  - includeAll: { path: later/, relativeToChangelogFile: true }",
        "",
      ].join("\n"),
      "db/changelog/changes/z-customers.sql": `--liquibase formatted sql\n--changeset shop:1\n${customers}`,
      "db/changelog/changes/a-orders.sql": `--liquibase formatted sql\n--changeset shop:2\n${orders}`,
      "db/changelog/later/status.sql": status,
    },
    order: [
      "db/changelog/changes/z-customers.sql",
      "db/changelog/changes/a-orders.sql",
      "db/changelog/later/status.sql",
    ],
    transaction: "file",
    below: "db/changelog/testdata",
  },
  "node-pg-migrate": {
    folder: "migrations",
    files: {
      "migrations/1767225600000_customers.sql": `-- Up Migration\n${customers}-- Down Migration\nDROP TABLE customers;\n`,
      "migrations/1767312000000_orders.sql": orders,
      "migrations/1767398400000_status.sql": status,
    },
    order: [
      "migrations/1767225600000_customers.sql",
      "migrations/1767312000000_orders.sql",
      "migrations/1767398400000_status.sql",
    ],
    transaction: "file",
    below: "migrations/testdata",
  },
  popx: {
    folder: "migrations",
    files: {
      "migrations/20260101000000_customers.up.sql": "CREATE TABLE customers (id integer PRIMARY KEY);\n",
      "migrations/20260101000000_customers.postgres.up.sql": customers,
      "migrations/20260101000000_customers.postgres.down.sql": "DROP TABLE customers;\n",
      "migrations/20260102000000_orders.up.sql": orders,
      "migrations/20260103000000_status.up.sql": status,
    },
    order: [
      "migrations/20260101000000_customers.postgres.up.sql",
      "migrations/20260102000000_orders.up.sql",
      "migrations/20260103000000_status.up.sql",
    ],
    transaction: "file",
    below: "migrations/testdata",
  },
  "postgres-migrations": {
    folder: "migrations",
    files: {
      "package.json": '{ "dependencies": { "postgres-migrations": "^5.3.0" } }\n',
      "migrations/1_customers.sql": customers,
      "migrations/0002-orders.sql": orders,
      "migrations/00003_status.sql": status,
    },
    order: ["migrations/1_customers.sql", "migrations/0002-orders.sql", "migrations/00003_status.sql"],
    transaction: "file",
    below: "migrations/testdata",
  },
  sqitch: {
    folder: "db",
    files: {
      "db/sqitch.plan": `%syntax-version=1.0.0
%project=shop

customers 2026-01-01T00:00:00Z Ada <ada@example.org> # The people
orders [customers] 2026-01-02T00:00:00Z Ada <ada@example.org> # What they want
status [orders] 2026-01-03T00:00:00Z Ada <ada@example.org> # How it goes
@v1 2026-01-03T00:00:00Z Ada <ada@example.org> # First release
`,
      "db/deploy/customers.sql": customers,
      "db/deploy/orders.sql": orders,
      "db/deploy/status.sql": status,
      "db/revert/customers.sql": "DROP TABLE customers;\n",
    },
    order: ["db/deploy/customers.sql", "db/deploy/orders.sql", "db/deploy/status.sql"],
    transaction: "none",
    below: "db/deploy/testdata",
  },
  ssdt: {
    folder: "database",
    files: {
      "database/tables/customers.sql": customers,
      "database/tables/a_orders.sql": orders,
      "database/views/all_orders.sql": "CREATE VIEW all_orders AS SELECT id FROM orders;\n",
    },
    order: ["database/tables/customers.sql", "database/tables/a_orders.sql", "database/views/all_orders.sql"],
    transaction: "none",
    below: "elsewhere",
  },
  supabase: {
    folder: "supabase/migrations",
    files: {
      "supabase/config.toml": 'project_id = "shop"\n',
      "supabase/migrations/20260101000000_customers.sql": customers,
      "supabase/migrations/20260102000000_orders.sql": orders,
      "supabase/migrations/20260103000000_status.sql": status,
    },
    order: [
      "supabase/migrations/20260101000000_customers.sql",
      "supabase/migrations/20260102000000_orders.sql",
      "supabase/migrations/20260103000000_status.sql",
    ],
    transaction: "file",
    below: "supabase/migrations/testdata",
  },
};
