import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { hostileModel } from "#test/support/hostile-model.ts";
import { shopModel } from "#test/support/shop-model.ts";
import contract from "./tbls-schema.json" with { type: "json" };
import { tblsSchema } from "./tbls-schema.ts";

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(contract);

test.each([
  ["the small shop", shopModel],
  ["hostile names", hostileModel()],
])("%s is valid for tbls", (_name, model) => {
  validate(JSON.parse(JSON.stringify(tblsSchema(model, { name: "shop" }))));
  expect(validate.errors).toBeNull();
});

test("a relation says how many rows stand at each end", () => {
  const { relations } = tblsSchema(shopModel, { name: "shop" });
  expect(relations.find(({ columns }) => columns.includes("billing_address_id"))).toEqual({
    table: "sales.orders",
    columns: ["billing_address_id"],
    cardinality: "zero_or_more",
    parent_table: "sales.addresses",
    parent_columns: ["id"],
    parent_cardinality: "zero_or_one",
    def: "FOREIGN KEY (billing_address_id) REFERENCES sales.addresses(id)",
  });
});

test("comments are what people wrote, not what we generate", () => {
  const { tables } = tblsSchema(shopModel, { name: "shop", descriptions: { "sales.tags": "Words on products." } });
  const comments = new Map(tables.map(({ name, comment }) => [name, comment]));
  expect(comments.get("sales.tags")).toBe("Words on products.");
  expect(comments.get("sales.customers")).toBe("People and companies who buy from the shop.");
  expect(comments.get("sales.orders")).toBe("");
});
