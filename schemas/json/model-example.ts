import { MODEL_VERSION } from "../model.ts";
import type { SchemaModel } from "../model.ts";

const origin = { created: { file: "migrations/0001_init.sql", line: 3, column: 1 } };

/** A small model with a reference, an enum and a view: the example of the published schema. */
export const modelExample: SchemaModel = {
  version: MODEL_VERSION,
  dialect: "postgres",
  evidence: "measured",
  engine: { name: "PGlite", version: "18.6" },
  complete: true,
  schemas: [{ kind: "schema", id: "sales", name: "sales", origin }],
  extensions: [],
  enums: [
    {
      kind: "enum",
      id: "sales.order_status",
      schema: "sales",
      name: "order_status",
      labels: ["open", "paid", "sent"],
      origin,
    },
  ],
  domains: [],
  composites: [],
  ranges: [],
  sequences: [],
  tables: [
    {
      kind: "table",
      id: "sales.orders",
      schema: "sales",
      name: "orders",
      comment: "One row an order.",
      origin,
      variant: "table",
      persistence: "permanent",
      columns: [
        {
          kind: "column",
          id: "sales.orders.id",
          name: "id",
          position: 1,
          type: { raw: "bigint", family: "integer" },
          nullable: false,
          identity: { always: true, start: "1", increment: "1" },
        },
        {
          kind: "column",
          id: "sales.orders.status",
          name: "status",
          position: 2,
          type: { raw: "sales.order_status", family: "enum", typeId: "sales.order_status" },
          nullable: false,
          default: "'open'::sales.order_status",
        },
      ],
      constraints: [
        {
          kind: "primary key",
          id: "sales.orders.orders_pkey",
          name: "orders_pkey",
          columns: ["id"],
          definition: "PRIMARY KEY (id)",
          deferrable: false,
          initiallyDeferred: false,
          validated: true,
        },
      ],
      indexes: [
        {
          kind: "index",
          id: "sales.orders.orders_pkey",
          name: "orders_pkey",
          method: "btree",
          keys: [{ column: "id" }],
          include: [],
          unique: true,
          primary: true,
          valid: true,
          constraint: "orders_pkey",
          definition: "CREATE UNIQUE INDEX orders_pkey ON sales.orders USING btree (id)",
        },
      ],
      triggers: [],
      policies: [],
    },
  ],
  views: [
    {
      kind: "view",
      id: "sales.open_orders",
      schema: "sales",
      name: "open_orders",
      materialized: false,
      columns: [
        {
          kind: "column",
          id: "sales.open_orders.id",
          name: "id",
          position: 1,
          type: { raw: "bigint", family: "integer" },
          nullable: true,
        },
      ],
      definition: " SELECT id\n   FROM sales.orders\n  WHERE status = 'open'::sales.order_status;",
      dependsOn: ["sales.orders"],
      indexes: [],
      triggers: [],
    },
  ],
  routines: [],
  others: [],
};
