import type { CompileContext, HtmlExtension, Token } from "micromark-util-types";

/** Tags that people use in Markdown and that do nothing, written without attributes. */
const ALLOWED = new Set(["br", "details", "kbd", "sub", "summary", "sup"]);

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Raw HTML of a guide: harmless tags stay, comments go, all else is shown as the text it is. */
export function safeHtml(raw: string): string {
  return raw
    .replaceAll(/<!--[\s\S]*?-->/g, "")
    .split(/(<\/?[a-z]+\s*\/?>)/i)
    .map((part, at) => (at % 2 === 1 ? tag(part) : escapeHtml(part)))
    .join("");
}

function tag(text: string): string {
  const name = (/[a-z]+/i.exec(text)?.[0] ?? "").toLowerCase();
  if (!ALLOWED.has(name)) return escapeHtml(text);
  return text.startsWith("</") ? `</${name}>` : `<${name}>`;
}

/** Replaces how micromark writes raw HTML. */
export const safeHtmlExtension: HtmlExtension = {
  enter: { htmlFlow: write, htmlText: write },
  exit: { htmlFlow: nothing, htmlText: nothing, htmlFlowData: nothing, htmlTextData: nothing },
};

function write(this: CompileContext, token: Token): undefined {
  if (token.type === "htmlFlow") this.lineEndingIfNeeded();
  this.raw(safeHtml(this.sliceSerialize(token)));
}

function nothing(): undefined {}
