import { docsSchema } from "@astrojs/starlight/schema";
import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { siteCatalog } from "./data.ts";
import { pageLoader } from "./page-loader.ts";
import { enumPage, functionPage, queryPage, schemaPage } from "./view/other-pages.ts";
import type { EnumPage, FunctionPage, QueryPage, SchemaPage } from "./view/other-pages.ts";
import { relationPage, type RelationPage } from "./view/relation-page.ts";

// Prose is a collection of its own: its loader would evict the entries of ours at every build. Ours hold no Markdown,
// only what a page shows, so a thousand tables cost little memory.
export const collections = {
  docs: defineCollection({
    loader: glob({ pattern: "**/*.md", base: new URL("./content/docs", import.meta.url) }),
    schema: docsSchema(),
  }),
  schemas: defineCollection({
    loader: pageLoader(() => siteCatalog().model.schemas.map((schema) => schemaPage(siteCatalog(), schema))),
    schema: z.custom<SchemaPage>(),
  }),
  tables: defineCollection({
    loader: pageLoader(() => siteCatalog().model.tables.map((table) => relationPage(siteCatalog(), table))),
    schema: z.custom<RelationPage>(),
  }),
  views: defineCollection({
    loader: pageLoader(() => siteCatalog().model.views.map((view) => relationPage(siteCatalog(), view))),
    schema: z.custom<RelationPage>(),
  }),
  enums: defineCollection({
    loader: pageLoader(() => siteCatalog().model.enums.map((type) => enumPage(siteCatalog(), type))),
    schema: z.custom<EnumPage>(),
  }),
  functions: defineCollection({
    loader: pageLoader(() => siteCatalog().model.routines.map((routine) => functionPage(siteCatalog(), routine))),
    schema: z.custom<FunctionPage>(),
  }),
  queries: defineCollection({
    loader: pageLoader(() => siteCatalog().queries.map((query) => queryPage(siteCatalog(), query))),
    schema: z.custom<QueryPage>(),
  }),
};
