/**
 * Colours and type of the pictures. A page that shows one inline sets the `--qg-erd-…` properties; alone, a picture
 * follows the reader's light or dark preference. One accent colour, for the table the picture is about.
 */
const LIGHT = {
  text: "#1f2328",
  dim: "#59636e",
  card: "#ffffff",
  head: "#f6f8fa",
  line: "#d1d9e0",
  edge: "#818b98",
  accent: "#0969da",
  focus: "#ddf4ff",
};
const DARK = {
  text: "#e6edf3",
  dim: "#9198a1",
  card: "#0d1117",
  head: "#161b22",
  line: "#3d444d",
  edge: "#7d8590",
  accent: "#4493f8",
  focus: "#121d2f",
};

const MARKS = { added: "#2da44e", changed: "#bf8700", dropped: "#cf222e" };

export const SVG_STYLE: string = [
  `.qg-erd{${properties(LIGHT)}color:var(--t);font:600 13px ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif}`,
  `@media(prefers-color-scheme:dark){.qg-erd{${properties(DARK)}}}`,
  ".qg-erd text{fill:currentColor}",
  ".qg-erd .b{fill:var(--c)}",
  ".qg-erd .c{stroke:var(--l)}",
  ".qg-erd .h{fill:var(--h)}",
  ".qg-erd .r{font:400 11.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}",
  ".qg-erd .d{fill:var(--d);font-weight:400}",
  ".qg-erd text.d{text-anchor:end}",
  ".qg-erd .k{fill:var(--a);font-weight:600;font-size:9.5px}",
  ".qg-erd .e{fill:none;stroke:var(--e);stroke-width:1.2}",
  ".qg-erd .o{stroke-dasharray:4 3}",
  ".qg-erd .f .c{stroke:var(--a);stroke-width:1.6}",
  ".qg-erd .f .h{fill:var(--f)}",
  ".qg-erd a{text-decoration:none}",
  ".qg-erd a:hover .c,.qg-erd a:focus-visible .c{stroke:var(--a);stroke-width:2}",
].join("\n");

/**
 * The same in light colours with nothing that a renderer would have to know beyond CSS 2: no variables, no preference,
 * no links, and each property of the font by itself.
 */
export const PLAIN_STYLE: string = [
  `.qg-erd text{fill:${LIGHT.text};font-family:"DejaVu Sans",sans-serif;font-size:13px;font-weight:600}`,
  `.qg-erd .b{fill:${LIGHT.card}}`,
  `.qg-erd .c{stroke:${LIGHT.line}}`,
  `.qg-erd .h{fill:${LIGHT.head}}`,
  '.qg-erd .r{font-family:"DejaVu Sans Mono",monospace;font-size:11.5px;font-weight:400}',
  `.qg-erd .d{fill:${LIGHT.dim};font-weight:400}`,
  ".qg-erd text.d{text-anchor:end}",
  `.qg-erd .k{fill:${LIGHT.accent};font-weight:600;font-size:9.5px}`,
  `.qg-erd .e{fill:none;stroke:${LIGHT.edge};stroke-width:1.2}`,
  ".qg-erd .o{stroke-dasharray:4 3}",
  `.qg-erd .f .c{stroke:${LIGHT.accent};stroke-width:1.6}`,
  `.qg-erd .f .h{fill:${LIGHT.focus}}`,
].join("\n");

/** Boxes, lines and rows of a change. In pictures that show one only. */
export const MARK_STYLE: string = [
  ".qg-erd .m{fill-opacity:.18}",
  ...Object.entries(MARKS).flatMap(([mark, colour]) => [
    `.qg-erd .${mark} .c,.qg-erd .${mark} .e{stroke:${colour};stroke-width:1.8}`,
    `.qg-erd rect.${mark}{fill:${colour}}`,
  ]),
].join("\n");

/** References that the database does not check, apart from the dashes of the others. In pictures that have one only. */
export const UNENFORCED_STYLE = ".qg-erd .v{stroke-dasharray:1.5 4;stroke-linecap:round}";

/** Frames around groups, in pictures that have some. */
export const GROUP_STYLE: string = [
  ".qg-erd .g rect{fill:var(--h);stroke:var(--l)}",
  ".qg-erd .g text{font-size:15px}",
].join("\n");

function properties(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name.charAt(0)}:var(--qg-erd-${name},${colour});`)
    .join("");
}
