import type { Problem } from "#schemas/problem.ts";
import { codeBlock, link } from "#generators/markdown/escape.ts";
import type { Diagram } from "#generators/erd/diagram.ts";
import { writeMermaid } from "#generators/erd/mermaid.ts";
import type { ParseDiagram } from "#generators/erd/parse-diagram.ts";
import { MERMAID_CHARACTERS, splitDiagram } from "#generators/erd/split-diagram.ts";
import type { Block } from "./markdown.ts";
import { counted } from "./names.ts";

/** Writes diagrams into pages. What Mermaid does not take is left out and told as a problem. */
export interface DiagramBlocks {
  /** A diagram, in several blocks when it is large; null when there is nothing to relate. */
  draw(diagram: Diagram, about: { readonly objectId: string; readonly picture?: string }): Promise<Block>;
  /** A Mermaid text of ours as a block. */
  checked(text: string, objectId: string): Promise<Block>;
  readonly problems: readonly Problem[];
}

export function diagramBlocks(parse: ParseDiagram): DiagramBlocks {
  const problems: Problem[] = [];

  async function checked(text: string, objectId: string): Promise<Block> {
    const wrong = text.length < MERMAID_CHARACTERS ? await parse(text) : `It has ${text.length} characters.`;
    if (wrong === null) return codeBlock(text, "mermaid");
    problems.push({
      code: "QG402",
      severity: "warning",
      message: `A diagram of ${objectId} was left out because Mermaid does not take it: ${wrong.split("\n")[0] ?? ""}`,
      help: "Please report this with the names of the tables; the rest of the page is complete.",
      objectId,
    });
    return null;
  }

  return {
    problems,
    checked,
    async draw(diagram, { objectId, picture }) {
      if (diagram.edges.length === 0) return null;
      const { parts, cut } = splitDiagram(diagram);
      const blocks: Block[] = [];
      for (const part of parts) blocks.push(await checked(writeMermaid(part), objectId));
      const kept = blocks.filter((block) => block !== null);
      if (kept.length === 0) return null;
      return [...kept, note(diagram.omitted, cut, picture)].filter((block) => block !== null).join("\n\n");
    },
  };
}

function note(omitted: number, cut: number, picture: string | undefined): Block {
  const parts = [
    omitted > 0 ? `${counted(omitted, "more table")} not drawn` : "",
    cut > 0 ? `${counted(cut, "reference")} between these parts not drawn` : "",
    picture === undefined ? "" : link("as a picture with links", picture),
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : `<sub>${parts.join(" · ")}</sub>`;
}
