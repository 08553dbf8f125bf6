import { folderOf, joinPath } from "./listing.ts";
import type { FileListing } from "./listing.ts";
import type { Step } from "./steps.ts";

/** Files of a folder that a name pattern takes, in order. The pattern's first group is the version. */
export function namedSteps(input: {
  readonly folder: string;
  readonly listing: FileListing;
  readonly name: RegExp;
  readonly compare: (a: Step, b: Step) => number;
}): readonly Step[] {
  const steps = input.listing.filesIn(input.folder).flatMap((name): Step[] => {
    const match = input.name.exec(name);
    return match ? [{ version: match[1] ?? name, up: joinPath(input.folder, name) }] : [];
  });
  return steps.sort(input.compare);
}

/** True when one of the first files has the mark: later ones may be empty, the first may be written by hand. */
export async function hasMark(listing: FileListing, steps: readonly Step[], mark: RegExp): Promise<boolean> {
  for (const { up } of steps.slice(0, TRIED_FILES)) {
    const { value } = await listing.read(up);
    if (value && mark.test(value.text)) return true;
  }
  return false;
}
const TRIED_FILES = 3;

/** True when a package.json in the folder or above it names the package. */
export async function dependsOn(folder: string, packageName: string, listing: FileListing): Promise<boolean> {
  return mentionedAbove({ folder, listing, name: /^package\.json$/, mark: new RegExp(`"${packageName}"`) });
}

/** True when a file of that name in the folder or above it has the mark. */
export async function mentionedAbove(input: {
  readonly folder: string;
  readonly listing: FileListing;
  readonly name: RegExp;
  readonly mark: RegExp;
}): Promise<boolean> {
  for (let at = input.folder; ; at = folderOf(at)) {
    for (const name of input.listing.filesIn(at)) {
      if (!input.name.test(name)) continue;
      const { value } = await input.listing.read(joinPath(at, name));
      if (value && input.mark.test(value.text)) return true;
    }
    if (at === "") return false;
  }
}
