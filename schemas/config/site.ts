import { z } from "zod";
import { repositoryPath } from "./sources.ts";

export const siteSchema = z
  .strictObject({
    title: z
      .string()
      .min(1)
      .optional()
      .describe("Name in the header and the browser's tab. The top-level `name` when absent."),
    public: z
      .boolean()
      .default(false)
      .describe(
        "Lets search engines list the site, and lets the site of a private repository be published. Off, every page asks search engines not to list it; it does not replace access control.",
      ),
    base: z
      .string()
      .regex(/^\/(?:[\w.-]+\/)*[\w.-]*$/, "must be a path that starts with a slash, such as /docs")
      .default("/")
      .describe("Path below which the site is served. GitHub Pages of a repository needs `/<repository>`."),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Address of the published site, for canonical links and the links in comments."),
    guides: z
      .array(repositoryPath)
      .default(["docs/**/*.md"])
      .describe(
        "Globs of Markdown pages of your own that the site shows beside the schema, without the generated documentation. `[[sales.orders]]` in them leads to the object's page; a link that leads nowhere is reported (QG407, QG408).",
      ),
    releases: z
      .int()
      .min(0)
      .max(100)
      .default(10)
      .describe(
        "Git tags whose changes to the schema the site lists, the newest. Each is read once and kept in the cache; 0 lists none.",
      ),
    tags: z.string().min(1).default("*").describe("Which git tags are releases, with stars, such as `v*`."),
    playground: z
      .boolean()
      .default(true)
      .describe(
        "Offers a page where readers run queries on the fixtures in their browser. It adds the engine's download to that page only.",
      ),
    ownKey: z
      .boolean()
      .default(false)
      .describe(
        "Lets readers ask a model with a key of their own in the playground. The key stays in their browser tab and goes to the service they choose only. Pages may then connect to Gemini, Claude, OpenAI and `ownKeyEndpoints`.",
      ),
    ownKeyEndpoints: z
      .array(z.url({ protocol: /^https?$/ }))
      .default([])
      .describe(
        "Further services a reader's own key may be used with: base addresses of APIs of OpenAI's form, such as `https://models.example.org/v1`.",
      ),
  })
  .describe("The static site.");

export const publishSchema = z
  .strictObject({
    mode: z
      .enum(["commit", "pull-request", "none"])
      .default("commit")
      .describe(
        "What happens with changed files on the default branch: a commit, a pull request, or nothing. On pull requests the base branch's value is used.",
      ),
    onPullRequests: z
      .enum(["report", "commit"])
      .default("report")
      .describe(
        "What happens with files that a pull request makes out of date: a line in the report, or a commit to its branch. A commit by the workflow's own token starts no checks, so required ones would wait for ever.",
      ),
    comment: z
      .enum(["always", "findings", "never"])
      .default("always")
      .describe("When a pull request gets a comment. A clean one gets a single line."),
  })
  .describe("What the GitHub action does with its results.");
