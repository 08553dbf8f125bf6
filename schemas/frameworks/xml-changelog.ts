import type { ChangeNode } from "./change-node.ts";

interface OpenNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: ChangeNode[];
  text: string;
  readonly line: number;
  textLine: number;
}

const TOKENS =
  /<!--[\s\S]*?(?:-->|$(?![\s\S]))|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$(?![\s\S]))|<[?!][^>]*>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:"[^"]*"|'[^']*'|[^'"<>])*?)(\/?)>|([^<]+)|</g;

/** The nodes of an XML text as far as it is well formed: what is not closed ends with the text. Prefixes of names are dropped. */
export function readXml(text: string): ChangeNode {
  const root: OpenNode = { name: "", attributes: {}, children: [], text: "", line: 1, textLine: 1 };
  const open: OpenNode[] = [root];
  let line = 1;
  for (const match of text.matchAll(TOKENS)) {
    const [token, data, closing, opening, attributes = "", selfClosing, plain] = match;
    const top = open.at(-1) ?? root;
    if (data !== undefined) addText(top, data, line);
    else if (plain !== undefined) addText(top, decodeEntities(plain), line);
    else if (closing !== undefined) close(open, local(closing));
    else if (opening !== undefined) {
      const node = {
        name: local(opening),
        attributes: attributesOf(attributes),
        children: [],
        text: "",
        line,
        textLine: line,
      };
      top.children.push(node);
      if (selfClosing !== "/") open.push(node);
    }
    line += newlines(token);
  }
  return root;
}

function addText(node: OpenNode, text: string, line: number): void {
  if (node.text.trim() === "") {
    node.text = text;
    node.textLine = line;
  } else node.text += text;
}

function close(open: OpenNode[], name: string): void {
  const index = open.findLastIndex((node) => node.name === name);
  if (index > 0) open.length = index;
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries(
    [...found].map(([, name = "", double, single]) => [name, decodeEntities(double ?? single ?? "")]),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", apos: "'", gt: ">", lt: "<", quot: '"' };

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
    if (typeof name === "string") return ENTITIES[name] ?? whole;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hexadecimal), 16);
    return code > 0 && code <= LAST_CODE_POINT ? String.fromCodePoint(code) : whole;
  });
}
const LAST_CODE_POINT = 0x10ffff;

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
