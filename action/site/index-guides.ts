import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "#schemas/problem.ts";

/** Where the index lies in the site; its pages ask for it by this name. */
const FOLDER = "pagefind";

/** Only guides: all else is found by the schema's own index, and a thousand tables would be read for nothing. */
const GUIDES = "guides/**/*.html";

/**
 * Writes Pagefind's index of the guides into a built site. It is made when the builder has ended, so that the memory of
 * both is never taken at once. Throws a ProblemError when it fails.
 */
export async function indexGuides(siteDir: string): Promise<void> {
  const { close, createIndex } = await import("pagefind");
  const folder = join(siteDir, FOLDER);
  try {
    const { index, errors } = await createIndex();
    if (index === undefined) throw failure(errors);
    const added = await index.addDirectory({ path: siteDir, glob: GUIDES });
    const written = await index.writeFiles({ outputPath: folder });
    const failed = [...added.errors, ...written.errors];
    if (failed.length > 0) throw failure(failed);
  } finally {
    await close();
  }
  // Our own search box asks Pagefind; the boxes it brings would only be carried along.
  const boxes = (await readdir(folder)).filter((name) => /-ui\.|highlight/.test(name));
  await Promise.all(boxes.map((name) => rm(join(folder, name))));
}

function failure(errors: readonly string[]): ProblemError {
  const message = "The guides could not be indexed for the site's search.";
  return new ProblemError([{ code: "QG406", severity: "error", message, help: errors.join("\n") }], 3);
}
