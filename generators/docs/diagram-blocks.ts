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
  draw(diagram: Diagram, about: DiagramSubject): Promise<Block>;
  /** A Mermaid text of ours as a block. */
  checked(text: string, about: DiagramSubject): Promise<Block>;
  readonly problems: readonly Problem[];
  /** Off, no diagram is drawn. */
  readonly isEnabled: boolean;
}

export interface DiagramSubject {
  readonly objectId: string;
  /** The page it stands on. */
  readonly page: string;
  /** The same as a picture, relative to the page. */
  readonly picture?: string;
}

export interface DiagramBlocksOptions {
  readonly isEnabled: boolean;
  readonly parse: ParseDiagram;
  /** The page as it is committed now, or null. */
  readonly previous: (page: string) => Promise<string | null>;
}

interface Asked {
  readonly page: string;
  readonly block: string;
}

export function diagramBlocks({ parse, previous, isEnabled }: DiagramBlocksOptions): DiagramBlocks {
  const problems: Problem[] = [];

  async function checked(text: string, { objectId, page }: DiagramSubject): Promise<Block> {
    const block = codeBlock(text, "mermaid");
    const wrong = await whatIsWrong(text, { page, block });
    if (wrong === null) return block;
    problems.push({
      code: "QG402",
      severity: "warning",
      message: `A diagram of ${objectId} was left out because Mermaid does not take it: ${wrong.split("\n")[0] ?? ""}`,
      help: "Please report this with the names of the tables; the rest of the page is complete.",
      objectId,
    });
    return null;
  }

  /** Loading Mermaid takes a second, and most diagrams are those of the last run. */
  async function whatIsWrong(text: string, { page, block }: Asked): Promise<string | null> {
    if (text.length >= MERMAID_CHARACTERS) return `It has ${text.length} characters.`;
    // What is committed was parsed before it was written.
    return (await previous(page))?.includes(block) === true ? null : await parse(text);
  }

  return {
    problems,
    isEnabled,
    checked,
    async draw(diagram, subject) {
      if (!isEnabled || diagram.edges.length === 0) return null;
      const { parts, cut } = splitDiagram(diagram);
      const blocks: Block[] = [];
      for (const part of parts) blocks.push(await checked(writeMermaid(part), subject));
      const kept = blocks.filter((block) => block !== null);
      if (kept.length === 0) return null;
      return [...kept, note(diagram.omitted, cut, subject.picture)].filter((block) => block !== null).join("\n\n");
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
