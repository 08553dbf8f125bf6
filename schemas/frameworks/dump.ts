import { engineOfPath, engineOfWord } from "./engine-name.ts";
import { scriptFill } from "./psql-script.ts";
import { joinPath } from "./listing.ts";
import { readSteps } from "./steps.ts";
import { scores } from "./framework.ts";
import { sniffSql } from "./sniff.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";

/** One file that holds the whole schema: what pg_dump, Rails and many projects write. psql runs it in autocommit. */
export const dump: Framework = {
  id: "dump",
  title: "Dump or schema file",
  rule: "one file as a whole, each statement in its own transaction, as psql does.",
  kind: "dump",
  async detect(folder, listing) {
    const files = listing.filesIn(folder).filter((name) => SQL.test(name) && !STEP.test(name));
    const found = await Promise.all(
      files.map(async (name) => {
        const isNamed = NAMES.test(name);
        // Opening every script of a large folder would cost more than it finds: a dump lies among few files.
        if (!isNamed && files.length > FEW_FILES) return null;
        return detectFile(joinPath(folder, name), isNamed, listing);
      }),
    );
    return found.filter((detection) => detection !== null);
  },
  async read({ path, listing, variables, engine }) {
    return readSteps({
      listing,
      steps: [{ version: path, up: path }],
      transaction: () => "none",
      fill: scriptFill(engine, variables),
    });
  },
};

const SQL = /\.(?:pg)?sql$/i;
/** A step of some history, never a dump even when one was pasted into it. */
const STEP = /^(?:\d|[VURB]\d|R__)|\.(?:up|down)\.sql$/i;
const NAMES = /^(?:(?:.*[-_.])?(?:schema|structure|dump)|latest)\.(?:pg)?sql$/i;
const FEW_FILES = 12;

/** First lines of the files that the tools write, with the engine each is for. */
const headers: readonly (readonly [RegExp, string])[] = [
  [/^-- PostgreSQL database (?:cluster )?dump$/m, "postgres"],
  [/^-- (?:MySQL|MariaDB) dump /m, "mysql"],
];
const HEADER_CHARACTERS = 2000;

async function detectFile(path: string, isNamed: boolean, listing: FileListing): Promise<Detection | null> {
  const { value } = await listing.read(path);
  if (!value) return null;
  const head = value.text.slice(0, HEADER_CHARACTERS);
  const header = headers.find(([pattern]) => pattern.test(head));
  const common = { framework: "dump", path, files: 1 };
  if (header) return { ...common, engine: header[1], score: scores.marker, why: "the header a dump starts with" };
  const sniffed = sniffSql(value.text);
  if (!isNamed || !sniffed.createsTables) return null;
  const engine = engineOfWord(path.slice(path.lastIndexOf("/") + 1)) ?? engineOfPath(path) ?? sniffed.engine;
  return { ...common, engine, score: scores.name, why: "a file with the name of a schema file" };
}
