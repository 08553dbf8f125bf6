import type { ConfigFlags } from "#schemas/config/resolve.ts";
import { build } from "./build.ts";
import type { Command, CommandInput } from "./command.ts";
import { noDatabase } from "./out.ts";

const pictures = ["svg", "png", "mermaid"] as const;

export const doc: Command = {
  name: "doc",
  summary: "Write the documentation and diagrams only; the flags are those of tbls.",
  usage: "",
  options: {
    format: {
      type: "string",
      short: "t",
      oneOf: ["text", "json", ...pictures],
      help: "text or json: form of the report. svg, png, mermaid: pictures beside the pages. Default text and `erd.formats`.",
    },
    "er-format": { type: "string", oneOf: [...pictures], help: "The same for pictures, in full." },
    "without-er": { type: "boolean", help: "No diagrams." },
    sort: { type: "boolean", help: "List columns by name, as `docs.sort`." },
    "adjust-table": { type: "boolean", help: "Pad the cells of tables to equal width, as `docs.align`." },
    force: { type: "boolean", help: "Taken and not needed: only files of a former run are replaced." },
    "rm-dist": { type: "boolean", help: "Taken and not needed: pages of what is gone are removed, no other file." },
    check: { type: "boolean", help: "Write nothing; exit with 1 and name the files when any would change." },
  },
  examples: [
    ["querygenie doc", "writes the pages and pictures of every database"],
    ["querygenie doc -t png", "pictures as PNG too"],
    ["querygenie doc --check", "fails when the committed pages are out of date"],
  ],
  async run(input) {
    const { values, globals, positionals, project } = input;
    if (positionals.length > 0) throw noDatabase("doc");
    const flags = flagsOf(input);
    return await build.run({
      ...input,
      values: { ...values, only: "docs,erd" },
      globals: { ...globals, format: globals.format === "json" ? "json" : undefined },
      project: (more = {}, options = {}) => project({ ...flags, ...more }, options),
    });
  },
};

function flagsOf({ values, globals }: CommandInput): ConfigFlags {
  const wanted = values["er-format"] ?? globals.format;
  const format = pictures.find((one) => one === wanted);
  return {
    pages: {
      ...(values["sort"] === true && { sort: true }),
      ...(values["adjust-table"] === true && { align: true }),
    },
    diagrams: {
      ...(values["without-er"] === true && { enabled: false }),
      ...(format !== undefined && { formats: FORMATS[format] }),
    },
  };
}

/** Pages link an SVG wherever there is a picture. */
const FORMATS: Readonly<Record<(typeof pictures)[number], ("svg" | "png")[]>> = {
  svg: ["svg"],
  png: ["svg", "png"],
  mermaid: [],
};
