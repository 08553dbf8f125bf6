/** Says what is wrong with a Mermaid text, or null when Mermaid takes it. */
export type ParseDiagram = (text: string) => Promise<string | null>;

/**
 * Mermaid's own parser, loaded on the first call. Some of its grammars clean text with DOMPurify, which outside a
 * browser is only a factory; what is parsed here is never shown, so the cleaning may do nothing.
 */
export const parseWithMermaid: ParseDiagram = async (text) => {
  const { default: mermaid } = await loadMermaid();
  try {
    await mermaid.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

async function loadMermaid(): Promise<typeof import("mermaid")> {
  const { default: purify } = await import("dompurify");
  if (!purify.isSupported) Object.assign(purify, { addHook: () => {}, sanitize: (text: string) => text });
  return await import("mermaid");
}
