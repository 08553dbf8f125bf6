import { compareNatural, compareText } from "./order.ts";
import { engineOfPath, engineOfWord } from "./engine-name.ts";
import { scriptFill } from "./psql-script.ts";
import { joinPath } from "./listing.ts";
import { readSteps } from "./steps.ts";
import { scores } from "./framework.ts";
import { sniffSql } from "./sniff.ts";
import type { Detection, Framework } from "./framework.ts";

/** A script that makes the whole schema, often with one for each engine beside it. psql runs it in autocommit. */
export const script: Framework = {
  id: "script",
  title: "SQL scripts",
  rule: "the one script of a folder for an engine; several scripts by name, numbers as numbers.",
  kind: "dump",
  async detect(folder, listing) {
    const names = listing.filesIn(folder).filter((name) => SQL.test(name));
    if (names.length === 0 || names.length > ENGINES_IN_A_FOLDER) return [];
    const found: Detection[] = [];
    for (const name of names) {
      const path = joinPath(folder, name);
      const { value } = await listing.read(path);
      const sniffed = value && sniffSql(value.text);
      if (!sniffed?.createsTables) continue;
      const engine = engineOfWord(name) ?? engineOfPath(folder) ?? sniffed.engine;
      const why = `the only script for ${engine ?? "its engine"} in its folder`;
      found.push({ framework: "script", path, engine, score: scores.script, why, files: 1 });
    }
    // Two scripts for one engine have an order that their names do not tell.
    return found.filter((one) => found.every((other) => other === one || other.engine !== one.engine));
  },
  async read({ path, listing, variables, engine }) {
    const isFile = listing.hasFile(path);
    const names = listing.filesIn(path).filter((name) => SQL.test(name) && [null, engine].includes(engineOfWord(name)));
    const inside = names.sort((a, b) => compareNatural(a, b) || compareText(a, b)).map((name) => joinPath(path, name));
    const steps = (isFile ? [path] : inside).map((up) => ({ version: up, up }));
    return readSteps({ listing, steps, transaction: () => "none", fill: scriptFill(engine, variables) });
  },
};

const SQL = /\.(?:pg)?sql$/i;

/** Five engines, and room for a second file of one of them. */
const ENGINES_IN_A_FOLDER = 6;
