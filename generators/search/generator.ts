import type { Generator } from "../generator.ts";
import { SITE_DATA_FOLDER } from "../site-data/contract.ts";
import { searchArtifacts } from "./search-artifacts.ts";

/** The search index of the site. It is part of the site's data and is not committed. */
export const generator: Generator = {
  id: "search",
  title: "search",
  generate({ model, queries, database }) {
    const input = { model, queries, descriptions: database.descriptions };
    return Promise.resolve({ artifacts: searchArtifacts(input, SITE_DATA_FOLDER), problems: [] });
  },
};
