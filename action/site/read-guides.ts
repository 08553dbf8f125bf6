import picomatch from "picomatch/posix.js";
import type { GuideSource } from "#generators/guides/guide.ts";
import type { WithProblems } from "#schemas/problem.ts";
import type { Project } from "../project.ts";

/** The users' own Markdown for the site; generated documents are no guides. */
export async function readGuides({
  config,
  listing,
}: Pick<Project, "config" | "listing">): Promise<WithProblems<readonly GuideSource[]>> {
  const generated = `${config.output.docs.replace(/^(?:\.?\/)+|\/+$/g, "")}/`;
  const matches = picomatch(config.site.guides.map((glob) => glob.replace(/^(?:\.?\/)+/, "")));
  const paths = listing.paths.filter((path) => matches(path) && !path.startsWith(generated));
  const read = await Promise.all(paths.map((path) => listing.read(path)));
  return {
    value: read.flatMap(({ value }) => (value ? [{ path: value.path, text: value.text }] : [])),
    problems: read.flatMap(({ problems }) => problems),
  };
}
