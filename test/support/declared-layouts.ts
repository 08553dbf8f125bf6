/** The shop's customers and orders in each language that declares a schema, by the framework's id. */
export const declaredLayouts: Readonly<
  Record<string, { readonly path: string; readonly files: Readonly<Record<string, string>> }>
> = {
  dbml: {
    path: "design/shop.dbml",
    files: {
      "design/shop.dbml": `Project shop { database_type: 'PostgreSQL' }
Table customers {
  id integer [pk]
  email text [not null, unique, note: 'Where receipts go']
}
Table orders {
  id integer [pk]
  customer_id integer [not null, ref: > customers.id]
  Indexes { customer_id [name: 'orders_customer'] }
}
`,
    },
  },
  "drizzle-schema": {
    path: "drizzle.config.ts",
    files: {
      "drizzle.config.ts": `export default { dialect: "postgresql", schema: "./src/schema.ts", out: "./drizzle" };\n`,
      "src/schema.ts": `import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
export const customers = pgTable("customers", { id: integer().primaryKey(), email: text().notNull().unique() });

export const orders = pgTable(
  "orders",
  { id: integer().primaryKey(), customerId: integer("customer_id").notNull().references(() => customers.id) },
  (table) => [index("orders_customer").on(table.customerId)],
);
`,
    },
  },
  "prisma-schema": {
    path: "prisma/schema.prisma",
    files: {
      "prisma/schema.prisma": `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

/// Who buys.
model Customer {
  id     Int     @id
  email  String  @unique /// Where receipts go
  orders Order[]
  @@map("customers")
}
model Order {
  id         Int      @id
  customerId Int      @map("customer_id")
  customer   Customer @relation(fields: [customerId], references: [id])
  @@index([customerId], map: "orders_customer")
  @@map("orders")
}
`,
    },
  },
  "rails-schema": {
    path: "db/schema.rb",
    files: {
      Gemfile: `gem "pg", "~> 1.5"\n`,
      "db/schema.rb": `ActiveRecord::Schema[7.1].define(version: 2026_01_01_000000) do
  create_table "customers", force: :cascade do |t|
    t.text "email", null: false, comment: "Where receipts go"
    t.index ["email"], name: "customers_email", unique: true
  end

  create_table "orders", force: :cascade do |t|
    t.bigint "customer_id", null: false
    t.index ["customer_id"], name: "orders_customer"
  end

  add_foreign_key "orders", "customers"
end
`,
    },
  },
};

/** What drizzle-kit prints for the shop. */
export const drizzleOutput = `Reading the configuration
CREATE TABLE "customers" (
	"id" integer PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	CONSTRAINT "customers_email_unique" UNIQUE("email")
);

CREATE TABLE "orders" (
	"id" integer PRIMARY KEY NOT NULL,
	"customer_id" integer NOT NULL
);

ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "orders_customer" ON "orders" USING btree ("customer_id");
`;
