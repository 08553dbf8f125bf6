import { escapeLine } from "#generators/markdown/escape.ts";
import { siteCatalog } from "../data.ts";
import { siteTwins } from "../twin-paths.ts";

/** The site for language models: what it is about, and where each object's page is as Markdown. */
export function GET(): Response {
  const { name, description } = siteCatalog().info;
  const lines = siteTwins().map(
    ({ id, path, summary }) =>
      `- [${escapeLine(id)}](<${encodeURI(path)}.md>)${summary === "" ? "" : `: ${escapeLine(summary)}`}`,
  );
  return new Response(`# ${escapeLine(name)}\n\n> ${escapeLine(description)}\n\n## Objects\n\n${lines.join("\n")}\n`);
}
