import type { Artifact } from "#schemas/ports.ts";
import { buildIndex } from "./build-index.ts";
import type { SearchInput } from "./search-documents.ts";
import { searchKinds } from "./search-index.ts";

/**
 * The search index as files of a folder. Columns are most of the documents and seldom what is looked for, so a
 * browser loads them apart and later.
 */
export function searchArtifacts(input: SearchInput, folder: string): Artifact[] {
  const first = searchKinds.filter((kind) => kind !== "column");
  return [
    { path: `${folder}/search.json`, content: `${JSON.stringify(buildIndex(input, first))}\n`, generator: "search" },
    {
      path: `${folder}/search-columns.json`,
      content: `${JSON.stringify(buildIndex(input, ["column"]))}\n`,
      generator: "search",
    },
  ];
}
