import { configSchema, type ConfigInput } from "#schemas/config/schema.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { GeneratorInput } from "#generators/generator.ts";
import { shopModel, shopQueries } from "./shop-model.ts";

export interface GeneratorInputSpec {
  readonly model?: SchemaModel;
  readonly config?: Partial<ConfigInput>;
  readonly descriptions?: Readonly<Record<string, string>>;
}

/** What a generator gets for the small shop: no engine, nothing committed yet, progress unheard. */
export function generatorInput({
  model = shopModel,
  config,
  descriptions = {},
}: GeneratorInputSpec = {}): GeneratorInput {
  const parsed = configSchema.parse({
    name: "Shop",
    databases: [{ id: "shop", sources: [{ path: "migrations" }], descriptions }],
    ...config,
  });
  const [database] = parsed.databases;
  if (!database) throw new Error("the configuration of the small shop has no database");
  return {
    config: parsed,
    database,
    model,
    queries: shopQueries,
    engine: () => Promise.reject(new Error("this generator boots no engine")),
    previous: () => Promise.resolve(null),
    progress: { start() {}, step() {}, finish() {}, problem() {} },
  };
}
