import { expect, it } from "vitest";
import { shopModel } from "#test/support/shop.ts";
import { lintModel } from "./lint-model.ts";

it("says what is odd in the shop, at the place where it was made", () => {
  const findings = lintModel(shopModel());
  const about = (object: string): readonly string[] =>
    findings
      .filter(({ objects }) => objects.includes(object))
      .map(({ rule, severity, span }) => `${severity} ${rule} ${span.file}`);
  expect(about("sales.refunds.refunds_approved_by_fkey")).toEqual([
    "warning foreign-key-without-index migrations/0010_payments.sql",
  ]);
  expect(about("catalog.product_variants.product_variants_ean_key")).toEqual([
    "info nullable-unique migrations/0006_skus_and_prices.sql",
  ]);
});

it("finds nothing wrong with a foreign key that an index serves", () => {
  const findings = lintModel(shopModel(), { rules: ["foreign-key-without-index"] });
  expect(findings.flatMap(({ objects }) => objects)).not.toContain("sales.order_lines.order_lines_order_id_fkey");
});

it("runs the rules it is asked for", () => {
  const findings = lintModel(shopModel(), { rules: ["nullable-unique"] });
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["nullable-unique"]));
});

it("takes the severity that the configuration gives", () => {
  const findings = lintModel(shopModel(), { rules: ["nullable-unique"], severity: { "nullable-unique": "error" } });
  expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(["error"]));
});
