import { compareText } from "./order.ts";
import { engineOfFiles, readSteps, untouched } from "./steps.ts";
import { hasMark, namedSteps } from "./evidence.ts";
import { headerOf, keepLines, linesOf, withDelimiter } from "./file-parts.ts";
import { joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Cut, Step } from "./steps.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";

/** https://atlasgo.io/concepts/migration-directory-integrity and https://atlasgo.io/versioned/checkpoint. */
export const atlas: Framework = {
  id: "atlas",
  title: "Atlas",
  rule: "the .sql files beside atlas.sum by name, from the latest checkpoint on; one transaction a file unless its header says atlas:txmode none.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    if (!listing.hasFile(joinPath(folder, "atlas.sum")) || steps.length === 0) return [];
    // Atlas also keeps the sum of folders that are in another tool's form, which is then the one to follow.
    if (steps.some((step) => OTHERS_NAMES.test(step.version)) || (await hasMark(listing, steps, OTHERS_MARKS)))
      return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    return [{ framework: "atlas", path: folder, engine, score: scores.lock, why: "atlas.sum", files: steps.length }];
  },
  async read({ path, listing }) {
    const steps = stepsOf(path, listing);
    const checkpoint = await lastCheckpoint(steps, listing);
    return readSteps({
      listing,
      steps: steps.slice(checkpoint),
      transaction: () => "file",
      fill: untouched,
      cut: byDirectives,
    });
  },
};

const OTHERS_NAMES = /\.(?:up|down)$|^(?:[VUB]\d[^_]*|R)__/;
const OTHERS_MARKS = /^--\s*(?:\+goose\s|migrate:up\b|liquibase formatted\b)/im;

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  return namedSteps({ folder, listing, name: /^(.+)\.sql$/, compare: (a, b) => compareText(a.up, b.up) });
}

/** Index of the newest step that holds all before it; 0 when none does. */
async function lastCheckpoint(steps: readonly Step[], listing: FileListing): Promise<number> {
  for (let index = steps.length - 1; index > 0; index -= 1) {
    const { value } = await listing.read(steps[index]?.up ?? "");
    if (value && directives(value.text).has("checkpoint")) return index;
  }
  return 0;
}

/** `-- atlas:name value` of the comments a file begins with. */
function directives(text: string): ReadonlyMap<string, string> {
  const found = headerOf(text).map((line) => /^--\s*atlas:(\w+)(?:\s+(.*))?$/.exec(line));
  return new Map(found.flatMap((match) => (match ? [[match[1] ?? "", match[2] ?? ""] as const] : [])));
}

const byDirectives: Cut = ({ text }) => {
  const header = directives(text);
  const delimiter = (header.get("delimiter") ?? "").replaceAll("\\n", "\n").replaceAll("\\t", "\t");
  const transaction = header.get("txmode") === "none" ? ("none" as const) : ("file" as const);
  if (header.has("txtar")) {
    const down = archived(text, "down.sql");
    return {
      value: { text: archived(text, "migration.sql"), transaction, ...(down !== "" && { down }) },
      problems: [],
    };
  }
  const body = delimiter === "" ? text : keepLines(text, (line) => !/^--\s*atlas:/.test(line));
  return { value: { text: withDelimiter(body, delimiter), transaction }, problems: [] };
};

/** One file of an archive whose parts begin with `-- name --`. */
function archived(text: string, name: string): string {
  let inside = false;
  const wanted = linesOf(text).map((line) => {
    const part = /^-- (\S+) --\s*$/.exec(line)?.[1];
    if (part !== undefined) inside = part === name;
    return inside && part === undefined;
  });
  return keepLines(text, (_, index) => wanted[index] === true);
}
