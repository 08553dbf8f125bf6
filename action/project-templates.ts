import type { PageLayout, Template, Templates } from "#generators/docs/page-template.ts";
import { layouts, strayTemplate, templateProblems } from "#generators/docs/template-problems.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import type { Project } from "./project.ts";

/** Paths of the users' templates, sorted; other files of the folder are left alone. */
export function templatePaths({ config, listing }: Pick<Project, "config" | "listing">): readonly string[] {
  const folder = folderOf(config.docs.templates);
  if (folder === undefined) return [];
  return listing
    .filesIn(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => (folder === "" ? name : `${folder}/${name}`))
    .toSorted();
}

/** The users' own layouts of pages. A folder that is not there, and a file that fits no kind of page, are told. */
export async function projectTemplates(project: Pick<Project, "config" | "listing">): Promise<WithProblems<Templates>> {
  const folder = folderOf(project.config.docs.templates);
  if (folder === undefined) return { value: new Map(), problems: [] };
  if (!project.listing.hasFolder(folder)) return { value: new Map(), problems: [missing(folder)] };
  const found = new Map<PageLayout, Template>();
  const problems: Problem[] = [];
  for (const path of templatePaths(project)) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const layout = layouts.find((one) => `${one}.md` === name);
    const read = layout === undefined ? null : await project.listing.read(path);
    problems.push(...(read?.problems ?? [strayTemplate(path, name)]));
    if (layout !== undefined && read?.value) found.set(layout, { path, text: read.value.text });
  }
  return { value: found, problems: [...problems, ...templateProblems(found)] };
}

const folderOf = (path: string | undefined): string | undefined => path?.replace(/^(?:\.\/)+|\/+$/g, "");

function missing(folder: string): Problem {
  return {
    code: "QG113",
    severity: "warning",
    message: `the folder of templates ${folder} is not there, so pages have their usual layout`,
    help: "Put table.md or another template there, or remove `docs.templates`.",
  };
}
