/** An element of an XML text, without its texts. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

/** Plans nest as deep as queries do; what is deeper is no plan. */
const DEEPEST = 2000;

/**
 * Reads the elements of an XML text that a server wrote. Declarations of types are refused, so that no name stands for
 * anything but itself. Throws `SyntaxError`.
 */
export function readXml(text: string): XmlElement {
  const open: { readonly name: string; readonly attributes: Map<string, string>; readonly children: XmlElement[] }[] = [
    { name: "", attributes: new Map(), children: [] },
  ];
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    const aside = ASIDES.find(({ begin }) => text.startsWith(begin, at));
    const end = aside ? text.indexOf(aside.end, at) : endOfTag(text, at);
    if (end < 0 || text.startsWith("<!DOCTYPE", at)) throw new SyntaxError("The plan is no XML that can be read.");
    const tag = text.slice(at + 1, end);
    at = end + (aside?.end.length ?? 1);
    if (aside) continue;
    const parent = open.at(-1);
    if (tag.startsWith("/")) {
      if (open.length < 2 || parent?.name !== tag.slice(1).trim()) throw new SyntaxError("The plan's XML ends early.");
      open.pop();
      continue;
    }
    const element = { name: /^[^\s/]+/.exec(tag)?.[0] ?? "", attributes: attributesOf(tag), children: [] };
    parent?.children.push(element);
    if (!tag.endsWith("/")) open.push(element);
    if (open.length > DEEPEST) throw new SyntaxError("The plan is nested too deeply.");
  }
  const root = open[0]?.children[0];
  if (open.length !== 1 || root === undefined) throw new SyntaxError("The plan's XML ends early.");
  return root;
}

const ASIDES = [
  { begin: "<?", end: "?>" },
  { begin: "<!--", end: "-->" },
  { begin: "<![CDATA[", end: "]]>" },
];

/** A value may hold `>`. */
function endOfTag(text: string, from: number): number {
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at;
  }
  return -1;
}

const attributesOf = (tag: string): Map<string, string> =>
  new Map(
    [...tag.matchAll(/([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = "", double, single]) => [
      name,
      (double ?? single ?? "").replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, entity),
    ]),
  );

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", apos: "'", gt: ">", lt: "<", quot: '"' };

function entity(whole: string, decimal?: string, hexadecimal?: string, name: string = ""): string {
  if (decimal === undefined && hexadecimal === undefined) return ENTITIES[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
