import { joinPath } from "./listing.ts";
import type { FileListing } from "./listing.ts";
import type { Step } from "./steps.ts";

/** Folders with an `up.sql`, and a `down.sql` where they have one, in order. Hidden folders are left out. */
export function folderSteps(input: {
  readonly folder: string;
  readonly listing: FileListing;
  /** The version in a folder's name; null when it is no step. */
  readonly versionOf: (name: string) => string | null;
  readonly compare: (a: Step, b: Step) => number;
}): readonly Step[] {
  const { folder, listing } = input;
  const steps = listing.foldersIn(folder).flatMap((name): Step[] => {
    const version = input.versionOf(name);
    const up = joinPath(folder, `${name}/up.sql`);
    const down = joinPath(folder, `${name}/down.sql`);
    if (version === null || !listing.hasFile(up)) return [];
    return [{ version, up, ...(listing.hasFile(down) && { down }) }];
  });
  return steps.sort(input.compare);
}
