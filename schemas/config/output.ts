import { z } from "zod";
import { repositoryPath } from "./sources.ts";

export const outputSchema = z
  .strictObject({
    docs: repositoryPath
      .default("docs/database")
      .describe(
        "Folder of the committed documentation. With several databases each gets a folder named after its id in it.",
      ),
    fixtures: repositoryPath.default("fixtures").describe("Folder of the committed fixtures."),
    state: repositoryPath
      .default(".querygenie")
      .describe("Folder of what a later run needs: manifest, descriptions by AI, statistics, baseline. Commit it."),
  })
  .describe("Where committed files go, relative to the repository's root.");

export const docsSchema = z
  .strictObject({
    llms: z
      .boolean()
      .default(true)
      .describe("Writes `llms.txt`, the whole schema in a form that language models read well."),
    dbml: z.boolean().default(true).describe("Writes `schema.dbml`, for tools that draw from DBML."),
    tbls: z
      .boolean()
      .default(true)
      .describe("Writes `schema.json` in the format of tbls, which tbls, Liam and other tools read."),
    objects: z
      .boolean()
      .default(true)
      .describe("Writes `json/` with a file for each page: the object as data, for agents that need one table only."),
    numbers: z.boolean().default(false).describe("Numbers the rows of tables."),
    sort: z.boolean().default(false).describe("Lists columns by name. Off, they stand in the table's own order."),
    align: z
      .boolean()
      .default(false)
      .describe(
        "Pads the cells of Markdown tables to equal width. Off, a longer cell changes one line of a diff only.",
      ),
    firstParagraph: z
      .boolean()
      .default(false)
      .describe("Shows only the first paragraph of a description where tables are listed."),
    domains: z
      .boolean()
      .default(true)
      .describe("Groups the tables of a large database into chapters by what ties them together."),
    templates: repositoryPath
      .optional()
      .describe(
        "Folder of your own layouts of pages: `table.md`, `index.md` and so on, with `{{ columns }}` where a part goes.",
      ),
    words: z
      .record(z.string().min(1), z.string().min(1))
      .default({})
      .describe("Your words for the headings of pages and tables, such as `Columns: Spalten`."),
  })
  .describe("Options of the documentation.");

export const erdSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("Whether diagrams are drawn at all."),
    formats: z
      .array(z.enum(["svg", "png"]))
      .default(["svg"])
      .describe(
        "Picture files beside the Markdown, which has its own Mermaid diagrams. Pages link the SVG, which has links of its own; PNG is for places that take no SVG. Empty writes none.",
      ),
    columns: z
      .enum(["keys", "all", "none"])
      .default("keys")
      .describe("Columns that a box shows: those of keys and references, all, or none."),
    comments: z.boolean().default(false).describe("Writes the first words of a column's description beside it."),
    distance: z
      .int()
      .min(1)
      .max(3)
      .default(1)
      .describe(
        "Steps along foreign keys that a table's own diagram shows. From 2 on, diagrams of central tables grow large.",
      ),
    tables: z
      .int()
      .min(5)
      .max(200)
      .default(30)
      .describe("Most tables in one diagram. A larger set is split, and what does not fit is named in the text."),
  })
  .describe("Options of the diagrams.");

export const searchSchema = z
  .strictObject({
    synonyms: z
      .record(z.string().min(1), z.array(z.string().min(1)).min(1))
      .default({})
      .describe(
        "Your words for what the schema calls otherwise, such as `revenue: [amount, total]`. Used by search and `ask`.",
      ),
  })
  .describe("Options of search.");
