import { compareNatural, compareText } from "./order.ts";
import { engineOfFiles, readSteps } from "./steps.ts";
import { joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Step } from "./steps.ts";

/** A folder for each release, `0.22/03__name.sql`: what a program runs when it is updated from an older release. */
export const versionFolders: Framework = {
  id: "version-folders",
  title: "A folder for each version",
  rule: "every .sql file of folders named like 0.22, numbers as numbers; one transaction a file.",
  kind: "history",
  // The first release was set up by another script; the folders hold only what changed since.
  needsBaseline: true,
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing);
    if (steps.length === 0) return [];
    const paths = steps.map((step) => step.up);
    const engine = await engineOfFiles(listing, paths);
    const why = `folders named like versions, with ${steps.length} scripts`;
    return [{ framework: "version-folders", path: folder, engine, score: scores.pattern, why, files: steps.length }];
  },
  async read({ path, listing }) {
    const fill = <T>(value: T): { value: T; problems: readonly never[] } => ({ value, problems: [] });
    return readSteps({ listing, steps: stepsOf(path, listing), transaction: () => "file", fill });
  },
};

const VERSION = /^v?\d+(?:\.\d+)+$/i;

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  const folders = listing.foldersIn(folder).filter((name) => VERSION.test(name));
  const names = folders.flatMap((version) =>
    listing
      .filesIn(joinPath(folder, version))
      .filter((name) => /\.sql$/i.test(name))
      .map((name) => `${version}/${name}`),
  );
  return names
    .sort((a, b) => compareNatural(a, b) || compareText(a, b))
    .map((name) => ({ version: name.replace(/\.sql$/i, ""), up: joinPath(folder, name) }));
}
