import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { corpusFolder } from "#test/support/corpus.ts";
import { diffModels } from "../../diff/diff-models.ts";
import type { SchemaModel } from "../../model.ts";
import { readModel } from "../../replay/read-model.ts";
import { readPrisma } from "./read-prisma.ts";

const TRICKY = `
datasource db {
  provider   = "postgresql"
  url        = env("DATABASE_URL")
  directUrl  = env("DIRECT_URL")
  schemas    = ["public", "audit"]
}
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["multiSchema", "postgresqlExtensions"]
}
/// How far an order is.
enum State {
  OPEN
  PAID_OUT @map("paid out")
  @@map("order_state")
  @@schema("public")
}
/// Who buys.
/// More than one line.
model Customer {
  id        BigInt   @id @default(autoincrement())
  email     String   @unique(map: "customers_email") @db.VarChar(255)
  tags      String[] @default(["new", "it's"])
  flags     Int[]
  balance   Decimal  @default(0.5) @db.Decimal(10, 2)
  born      DateTime? @db.Date
  seen      DateTime @default(now()) @db.Timestamptz(3)
  settings  Json     @default("{\\"a\\": 1}")
  secret    Bytes?
  key       String   @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  client    String   @default(cuid())
  place     Unsupported("point")?
  boss      Customer?  @relation("boss", fields: [bossId], references: [id], onDelete: SetNull, onUpdate: NoAction)
  bossId    BigInt?  @map("boss_id")
  staff     Customer[] @relation("boss")
  orders    Order[]
  favourites Product[] @relation("favourites")
  @@index([born(sort: Desc), email], map: "by_age")
  @@index([tags], type: Gin)
  @@unique([email, bossId])
  @@map("customers")
  @@schema("public")
}
model Order {
  customerId BigInt
  number     Int      @db.SmallInt
  state      State    @default(PAID_OUT)
  placed     DateTime @default(now())
  customer   Customer @relation(fields: [customerId], references: [id], onDelete: Cascade)
  lines      Line[]
  @@id([customerId, number], map: "orders_key")
  @@schema("public")
}
model Line {
  id         Int    @id @default(autoincrement()) @db.SmallInt
  customerId BigInt
  number     Int    @db.SmallInt
  productId  String
  order      Order   @relation(fields: [customerId, number], references: [customerId, number])
  product    Product @relation(fields: [productId], references: [code])
  aVeryLongNameOfAColumnThatGoesOnAndOn Int
  @@index([customerId, number, productId, aVeryLongNameOfAColumnThatGoesOnAndOn])
  @@schema("audit")
}
model Product {
  code  String @id
  fans  Customer[] @relation("favourites")
  lines Line[]
  tags  Tag[]
  @@schema("public")
}
model Tag {
  id       Int @id
  products Product[]
  @@schema("public")
}
`;

async function modelOf(text: string, engine?: null): Promise<SchemaModel> {
  const files = [{ path: "prisma/schema.prisma", text }];
  const read = await readPrisma(files, "postgres", engine === null ? { engine } : {});
  expect(read.problems.map(({ code }) => code)).toEqual(engine === null ? ["QG722"] : []);
  const { model, problems } = await readModel(read.value, { cacheDir: testCacheDir });
  expect(problems).toEqual([]);
  return model;
}

/** Our own reader serves MySQL and SQL Server alone: on PostgreSQL it must say what Prisma's engine says. */
async function sameModels(text: string): Promise<SchemaModel> {
  const [theirs, ours] = [await modelOf(text), await modelOf(text, null)];
  expect(diffModels(theirs, ours)).toEqual([]);
  return theirs;
}

test("our reader makes of a schema what Prisma's engine makes of it", async () => {
  const model = await sameModels(TRICKY);
  const customers = model.tables.find(({ name }) => name === "customers");
  expect(customers?.comment).toBe("Who buys.\nMore than one line.");
  expect(customers?.origin?.created.line).toBe(
    TRICKY.split("\n").findIndex((line) => line.startsWith("model Customer")) + 1,
  );
}, 120_000);

test("relations that only the client keeps are in the model, marked as not enforced", async () => {
  const model = await sameModels(`datasource db {
  provider = "postgresql"
  relationMode = "prisma"
}
model Customer {
  id Int @id
  orders Order[]
}
model Order {
  id Int @id
  customerId Int
  customer Customer @relation(fields: [customerId], references: [id])
}
`);
  const keys = model.tables.flatMap(({ constraints }) => constraints.filter(({ kind }) => kind === "foreign key"));
  expect(keys).toMatchObject([{ name: "Order_customerId_fkey", enforced: false, origin: { created: { line: 12 } } }]);
}, 60_000);

describe.each(["umami/prisma/schema.prisma", "trigger.dev/internal-packages/database/prisma/schema.prisma"])(
  "%s",
  (path) => {
    const place = join(corpusFolder, path);
    test.skipIf(!existsSync(place))(
      "is read by us as by Prisma's engine",
      async () => {
        const model = await sameModels(readFileSync(place, "utf8"));
        expect(model.tables.length).toBeGreaterThan(15);
      },
      120_000,
    );
  },
);
