import type { Plugin } from "rolldown";

/** The diagrams that QueryGenie writes, and so all that its bundle parses. */
const KEPT = /\/(erDiagram|flowDiagram)-/;

/**
 * Leaves out of the bundle what Mermaid loads for other diagrams and for drawing (layouts, formulas): 5 MB that nothing
 * here reaches, since the bundle only parses. Whoever reached it would get an error that says so.
 */
export function leanMermaid(): Plugin {
  return {
    name: "lean-mermaid",
    resolveId(source, importer, { kind }) {
      if (kind !== "dynamic-import" || !/\/mermaid\/dist\//.test(importer ?? "") || KEPT.test(source)) return null;
      return { id: `\0left-out:${source}` };
    },
    load(id) {
      if (!id.startsWith("\0left-out:")) return null;
      const message = `Mermaid's ${id.slice("\0left-out:".length)} is not part of this bundle.`;
      return `throw new Error(${JSON.stringify(message)});`;
    },
  };
}
