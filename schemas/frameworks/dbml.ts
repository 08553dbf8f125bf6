import { readDbml } from "../languages/dbml/read-dbml.ts";
import { engineOfWord } from "./engine-name.ts";
import { joinPath } from "./listing.ts";
import { readDeclared } from "./declared-source.ts";
import { scores } from "./framework.ts";
import type { Detection, Framework } from "./framework.ts";

/** https://dbml.dbdiagram.io: one document. What QueryGenie and tbls write themselves is passed over. */
export const dbml: Framework = {
  id: "dbml",
  title: "DBML",
  rule: "each .dbml document as a whole: types first, then tables, keys, indexes, references and notes.",
  kind: "declared",
  async detect(folder, listing) {
    const names = listing.filesIn(folder).filter((name) => name.endsWith(".dbml"));
    if (names.length === 0 || OWN_OUTPUT.every((name) => listing.hasFile(joinPath(folder, name)))) return [];
    const found: Detection[] = [];
    for (const name of names) {
      const path = joinPath(folder, name);
      const { value } = await listing.read(path);
      if (!value || !/^\s*table\b/im.test(value.text)) continue;
      const type = /\bdatabase_type\s*:\s*["'`]([^"'`]*)/i.exec(value.text)?.[1];
      const engine = engineOfWord((type ?? "").replaceAll(/sql\s+server/gi, "sqlserver"));
      const score = scores.declared - 5;
      found.push({ framework: "dbml", path, engine, score, why: "a document in DBML", files: 1 });
    }
    return found;
  },
  read: (input) => readDeclared(input, readDbml),
};

const OWN_OUTPUT = ["model.json", "llms.txt"] as const;
