import { closest } from "#schemas/closest.ts";
import type { Problem } from "#schemas/problem.ts";
import { escapeHtml } from "./safe-html.ts";
import { GUIDE_FILES, type Guide, type GuideSource, type RenderedGuides } from "./guide.ts";
import { guidePaths } from "./guide-paths.ts";
import { readFrontMatter } from "./front-matter.ts";
import { renderMarkdown } from "./render-markdown.ts";

export interface GuidesInput {
  readonly sources: readonly GuideSource[];
  /** Page of an object by what stands between `[[` and `]]`. */
  readonly objects: ReadonlyMap<string, string>;
  /** Pages of committed documents by file, so that links which lead to them on GitHub lead to the same object here. */
  readonly documents: ReadonlyMap<string, string>;
  readonly hasFile: (path: string) => boolean;
  /** Address of a file on the web with `{file}` and `{line}`, or null. */
  readonly sourceUrl: string | null;
}

const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)$/i;

/** The users' own Markdown as pages, with every link checked. */
export function renderGuides(input: GuidesInput): RenderedGuides {
  const paths = guidePaths(input.sources.map(({ path }) => path));
  const problems: Problem[] = [];
  const pictures = new Set<string>();
  const guides = input.sources
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((source): Guide => {
      const path = paths.get(source.path) ?? "";
      const up = "../".repeat(path.split("/").length - 1);
      const { title, description, body, problem } = readFrontMatter(source);
      if (problem) problems.push(problem);
      const say = (one: Pick<Problem, "code" | "message" | "help">, line: number): void => {
        problems.push({ ...one, severity: "warning", origin: { file: source.path, line, column: 1 } });
      };
      const rendered = renderMarkdown(body, {
        objectLink(text, line) {
          const [id = "", label] = text.split("|").map((part) => part.trim());
          const target = input.objects.get(id);
          if (target !== undefined)
            return `<a class="object" href="${escapeHtml(up + encodeURI(target))}">${escapeHtml(label ?? id)}</a>`;
          const near = closest(id, input.objects.keys());
          say(
            {
              code: "QG407",
              message: `the guide links to [[${id}]], which is not in the schema`,
              help:
                near === null
                  ? "Write the id of a table, view, column, type or function."
                  : `Did you mean [[${near}]]?`,
            },
            line,
          );
          return `<code>${escapeHtml(label ?? id)}</code>`;
        },
        link(address, line) {
          const found = resolved(address, source.path);
          if (found === "elsewhere") return address;
          const page = found === null ? undefined : (paths.get(found.file) ?? input.documents.get(found.file));
          if (found && page !== undefined) return up + encodeURI(page) + found.rest;
          if (found && input.hasFile(found.file)) return onTheWeb(found.file, input.sourceUrl);
          say(missing(address, "links to"), line);
          return null;
        },
        picture(address, line) {
          const found = resolved(address, source.path);
          if (found === "elsewhere") return null;
          if (found && PICTURE.test(found.file) && input.hasFile(found.file)) {
            pictures.add(found.file);
            return up + GUIDE_FILES + encodeURI(found.file);
          }
          say(missing(address, "shows"), line);
          return null;
        },
      });
      return {
        file: source.path,
        path,
        title: title ?? rendered.title ?? nameOf(source.path),
        description: description ?? rendered.firstWords,
        html: rendered.html,
        headings: rendered.headings,
        hasMermaid: rendered.hasMermaid,
      };
    });
  return { guides, pictures: [...pictures].sort(), problems };
}

function missing(address: string, does: string): Pick<Problem, "code" | "message" | "help"> {
  return {
    code: "QG408",
    message: `the guide ${does} ${address}, which is not in the repository`,
    help: "Paths are relative to the guide's own folder; one that begins with a slash, to the repository's root.",
  };
}

/** The file of the repository that an address means; null for one outside it, `elsewhere` for what is no file. */
function resolved(address: string, from: string): { file: string; rest: string } | "elsewhere" | null {
  if (address === "" || address.startsWith("#") || address.startsWith("//") || /^[a-z][a-z0-9+.-]*:/i.test(address))
    return "elsewhere";
  const [, path = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(address) ?? [];
  const parts = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of decoded(path).split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return { file: parts.join("/"), rest: rest.startsWith("?") ? "" : rest };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function onTheWeb(file: string, sourceUrl: string | null): string | null {
  if (sourceUrl === null) return null;
  return sourceUrl
    .replace("{file}", file.split("/").map(encodeURIComponent).join("/"))
    .replace("#L{line}", "")
    .replace("{line}", "1");
}

/** `docs/on-call_rota.md` is “On call rota”. */
function nameOf(path: string): string {
  const words = (path.split("/").at(-1) ?? path)
    .replace(/\.\w+$/, "")
    .replaceAll(/[-_]+/g, " ")
    .trim();
  return words === "" ? path : words.charAt(0).toUpperCase() + words.slice(1);
}
