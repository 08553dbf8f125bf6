/** Says what is wrong with a Mermaid text, or null when Mermaid takes it. */
export type ParseDiagram = (text: string) => Promise<string | null>;

/**
 * Mermaid's own parser, loaded on the first call. Some of its grammars clean text with DOMPurify, which outside a
 * browser is only a factory; what is parsed here is never shown, so the cleaning may do nothing.
 */
export const parseWithMermaid: ParseDiagram = async (text) => {
  const { default: mermaid } = await loadMermaid();
  try {
    if (isReady) await mermaid.mermaidAPI.getDiagramFromText(text);
    else await mermaid.parse(text);
    isReady = true;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * Whether Mermaid has registered its grammars, which its `parse` does. It also works a theme's colours out for each text,
 * which takes longer than parsing; texts of ours set none.
 */
let isReady = false;

async function loadMermaid(): Promise<typeof import("mermaid")> {
  const { default: purify } = await import("dompurify");
  if (!purify.isSupported) Object.assign(purify, { addHook: () => {}, sanitize: (text: string) => text });
  return await import("mermaid");
}

/** What Mermaid does not take, and the line of the diagram where, from 1. */
export interface DiagramMistake {
  readonly message: string;
  readonly line: number;
}

/**
 * What is wrong with a diagram of any kind that somebody wrote. Kinds whose grammar asks the page itself cannot be
 * judged without one; they are not called wrong.
 */
export async function diagramMistake(text: string): Promise<DiagramMistake | null> {
  const { default: mermaid } = await loadMermaid();
  try {
    await mermaid.parse(text);
    return null;
  } catch (error) {
    // No grammar throws these: what is missing is the browser.
    if (!(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError) return null;
    return inWords(error.message, text);
  }
}

/** Grammars print a picture of the place; its line and what was expected say the same. */
function inWords(message: string, text: string): DiagramMistake {
  const line = Number(/on line (\d+)/.exec(message)?.[1] ?? 1);
  const expected = /Expecting [^\n]*/.exec(message)?.[0];
  const [head = ""] = message.replace(/ for text: [\s\S]*$/, "").split("\n");
  const lines = text.split("\n").length;
  return { message: (expected ?? head).trim(), line: Math.min(line, lines) };
}
