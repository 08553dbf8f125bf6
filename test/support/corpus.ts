import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Folder of real schemas beside the project. It is not part of it: tests that need it skip where it is absent. */
export const corpusFolder: string = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));

export const hasCorpus: boolean = existsSync(corpusFolder);
