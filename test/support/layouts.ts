import { customers, orders, status } from "./layout.ts";
import { toolLayouts } from "./tool-layouts.ts";
import type { Layout } from "./layout.ts";

/** A layout of the shop for each framework that is read, by id. */
export const layouts: Readonly<Record<string, Layout>> = {
  ...toolLayouts,
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
  numbered: {
    folder: "db",
    files: { "db/0002-orders.sql": orders, "db/00010-status.sql": status, "db/1.sql": customers },
    order: ["db/1.sql", "db/0002-orders.sql", "db/00010-status.sql"],
    transaction: "file",
    below: "db/testdata",
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
