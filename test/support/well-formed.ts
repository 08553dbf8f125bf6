/** Whether an XML text of ours is one well-formed element; the names of the elements that are open at the end otherwise. */
export function openElements(xml: string): readonly string[] {
  const open: string[] = [];
  const token = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>|(?:[^<&]|&(?:amp|lt|gt|quot|#\d+);)+/y;
  const text = xml.trim();
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) return [...open, `at: ${text.slice(at, at + 60)}`];
    const [, closing, name, attributes = "", alone] = found;
    if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(attributes)) return [...open, `at: ${attributes}`];
    if (name !== undefined && closing === "/" && open.pop() !== name) return [...open, `not open: ${name}`];
    if (name !== undefined && closing === "" && alone === "") open.push(name);
  }
  return open;
}
