/** One layout of the shop's schema for each framework: what it reads, in which order, and files that must stay out. */
export interface Layout {
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where the framework finds it; the folder when absent. */
  readonly path?: string;
  /** Paths in the runner's order. */
  readonly order: readonly string[];
  readonly transaction: "file" | "all" | "none";
  /** A folder below that the framework's own rule does not enter. */
  readonly below: string;
}

const customers = "CREATE TABLE customers (id bigserial PRIMARY KEY, email text);\n";
const orders = "CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint REFERENCES customers);\n";
const status = "ALTER TABLE orders ADD COLUMN status text;\n";

export const layouts: Readonly<Record<string, Layout>> = {
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
  drizzle: {
    folder: "db",
    files: {
      "db/meta/_journal.json": JSON.stringify({
        version: "7",
        dialect: "postgresql",
        entries: [
          { idx: 0, when: 1, tag: "0000_customers" },
          { idx: 2, when: 3, tag: "0002_status" },
          { idx: 1, when: 2, tag: "0001_orders" },
        ],
      }),
      "db/0000_customers.sql": customers,
      "db/0001_orders.sql": orders,
      "db/0002_status.sql": status,
    },
    order: ["db/0000_customers.sql", "db/0002_status.sql", "db/0001_orders.sql"],
    transaction: "all",
    below: "db/testdata",
  },
  dump: {
    folder: "db",
    files: { "db/structure.sql": customers + orders },
    path: "db/structure.sql",
    order: ["db/structure.sql"],
    transaction: "none",
    below: "db/testdata",
  },
  flyway: {
    folder: "db/migration",
    files: {
      "db/migration/V1_10__status.sql": status,
      "db/migration/V1_2__orders.sql": orders,
      "db/migration/V1__customers.sql": customers,
      "db/migration/R__open_orders.sql": "CREATE OR REPLACE VIEW open_orders AS SELECT * FROM orders;\n",
    },
    order: [
      "db/migration/V1__customers.sql",
      "db/migration/V1_2__orders.sql",
      "db/migration/V1_10__status.sql",
      "db/migration/R__open_orders.sql",
    ],
    transaction: "file",
    below: "db/migration/mysql",
  },
  "golang-migrate": {
    folder: "migrations",
    files: {
      "migrations/1_customers.up.sql": customers,
      "migrations/1_customers.down.sql": "DROP TABLE customers;\n",
      "migrations/10_status.up.sql": status,
      "migrations/2_orders.up.sql": orders,
    },
    order: ["migrations/1_customers.up.sql", "migrations/2_orders.up.sql", "migrations/10_status.up.sql"],
    transaction: "file",
    below: "migrations/testdata",
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
  numbered: {
    folder: "db",
    files: { "db/0002-orders.sql": orders, "db/00010-status.sql": status, "db/1.sql": customers },
    order: ["db/1.sql", "db/0002-orders.sql", "db/00010-status.sql"],
    transaction: "file",
    below: "db/testdata",
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
  prisma: {
    folder: "prisma/migrations",
    files: {
      "prisma/migrations/migration_lock.toml": '# Please do not edit\nprovider = "postgresql"\n',
      "prisma/migrations/20260102_orders/migration.sql": orders,
      "prisma/migrations/20260101_customers/migration.sql": customers,
      "prisma/migrations/20260103_status/migration.sql": status,
    },
    order: [
      "prisma/migrations/20260101_customers/migration.sql",
      "prisma/migrations/20260102_orders/migration.sql",
      "prisma/migrations/20260103_status/migration.sql",
    ],
    transaction: "file",
    below: "prisma/migrations/20260101_customers/deeper",
  },
  script: {
    folder: "install",
    files: {
      "install/shop_postgres.sql": customers + orders,
      "install/shop_mysql.sql": "CREATE TABLE `customers` (`id` int AUTO_INCREMENT) ENGINE=InnoDB;\n",
    },
    path: "install/shop_postgres.sql",
    order: ["install/shop_postgres.sql"],
    transaction: "none",
    below: "install/testdata",
  },
  sqlx: {
    folder: "migrations",
    files: {
      "Cargo.toml": "[package]\nname = 'shop'\n",
      "migrations/20260101000000_customers.sql": customers,
      "migrations/20260102000000_orders.up.sql": orders,
      "migrations/20260102000000_orders.down.sql": "DROP TABLE orders;\n",
      "migrations/20260103000000_status.sql": status,
    },
    order: [
      "migrations/20260101000000_customers.sql",
      "migrations/20260102000000_orders.up.sql",
      "migrations/20260103000000_status.sql",
    ],
    transaction: "file",
    below: "migrations/testdata",
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
  "version-folders": {
    folder: "store",
    files: {
      "store/0.9/00__customers.sql": customers,
      "store/0.10/00__orders.sql": orders,
      "store/0.10/01__status.sql": status,
    },
    order: ["store/0.9/00__customers.sql", "store/0.10/00__orders.sql", "store/0.10/01__status.sql"],
    transaction: "file",
    below: "store/testdata",
  },
  "versioned-up": {
    folder: "migrations",
    files: {
      "migrations/V0001.Customers.up.sql": customers,
      "migrations/V0001.Customers.down.sql": "DROP TABLE customers;\n",
      "migrations/V0002.Orders.up.sql": orders,
      "migrations/V0010.Status.up.sql": "-- nothing to do on PostgreSQL\n",
    },
    order: ["migrations/V0001.Customers.up.sql", "migrations/V0002.Orders.up.sql", "migrations/V0010.Status.up.sql"],
    transaction: "file",
    below: "migrations/testdata",
  },
};
