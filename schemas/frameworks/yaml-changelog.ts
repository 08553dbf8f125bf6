import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { ChangeNode } from "./change-node.ts";
import type { ParsedNode } from "yaml";

/** The nodes of a changelog in YAML or JSON; null when it is neither. */
export function readYaml(text: string): ChangeNode | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0 || document.contents === null) return null;
  return nodeOf("", document.contents, lines);
}

/** Keys with a plain value are attributes, the others are children; items of a list are children of what holds it. */
function nodeOf(name: string, value: ParsedNode | null, lines: LineCounter): ChangeNode {
  const attributes: Record<string, string> = {};
  const children: ChangeNode[] = [];
  let text = isScalar(value) ? textOf(value.value) : "";
  const line = value ? lines.linePos(value.range[0]).line : 1;
  let textLine = line;
  for (const map of mapsIn(value)) {
    for (const pair of map.items) {
      const key = isScalar(pair.key) ? textOf(pair.key.value) : "";
      if (!isScalar(pair.value)) {
        children.push(nodeOf(key, pair.value, lines));
        continue;
      }
      attributes[key] = textOf(pair.value.value);
      if (key !== "sql") continue;
      text = attributes[key];
      // The text of a block begins on the line after its mark.
      const isBlock = pair.value.type === "BLOCK_LITERAL" || pair.value.type === "BLOCK_FOLDED";
      textLine = lines.linePos(pair.value.range[0]).line + (isBlock ? 1 : 0);
      children.push({ name: key, attributes: {}, children: [], text, line: textLine, textLine });
    }
  }
  return { name, attributes, children, text, line, textLine };
}

function mapsIn(value: ParsedNode | null): readonly { readonly items: readonly MapItem[] }[] {
  if (isMap(value)) return [value];
  if (isSeq(value)) return value.items.flatMap((item) => (isMap(item) ? [item] : []));
  return [];
}

interface MapItem {
  readonly key: ParsedNode;
  readonly value: ParsedNode | null;
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
