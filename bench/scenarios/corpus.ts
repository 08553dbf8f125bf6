import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const corpus = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));

/** A repository of the corpus, and where its migrations are. */
export interface Repository {
  readonly name: string;
  readonly root: string;
  readonly source: string;
}

export const coder: Repository = { name: "coder", root: join(corpus, "coder"), source: "coderd/database/migrations" };
export const triggerDev: Repository = {
  name: "trigger.dev",
  root: join(corpus, "trigger.dev"),
  source: "internal-packages/database/prisma/migrations",
};

/** Why the corpus cannot be read; null when it can. */
export const whyNoCorpus = (): string | null =>
  existsSync(corpus) ? null : "the corpus of real repositories is not beside the project";

/** A file of a repository of the corpus. */
export const corpusFile = (repository: string, path: string): string => join(corpus, repository, path);
