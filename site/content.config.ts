import { docsSchema } from "@astrojs/starlight/schema";
import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";

// Only our own prose. Pages of a database's objects are made from the catalogue as each is drawn: a collection would be
// kept in memory, written to a store and bundled as a script.
export const collections = {
  docs: defineCollection({
    loader: glob({ pattern: "**/*.md", base: new URL("./content/docs", import.meta.url) }),
    schema: docsSchema(),
  }),
};
