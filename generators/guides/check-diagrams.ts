import { parse, postprocess, preprocess } from "micromark";
import type { Problem } from "#schemas/problem.ts";
import { diagramMistake } from "../erd/parse-diagram.ts";
import { readFrontMatter } from "./front-matter.ts";
import type { GuideSource } from "./guide.ts";

/** A Mermaid block of a guide. */
interface Block {
  readonly text: string;
  /** Line of the file that its first line is. */
  readonly line: number;
}

/**
 * What Mermaid would refuse in the browser, said where the site is built, at its place. Mermaid is loaded only when a
 * guide has a diagram.
 */
export async function checkDiagrams(guides: readonly GuideSource[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const guide of guides) {
    for (const { text, line } of mermaidBlocks(readFrontMatter(guide).body)) {
      const mistake = await diagramMistake(text);
      if (mistake === null) continue;
      problems.push({
        code: "QG418",
        severity: "warning",
        message: `a Mermaid diagram of the guide does not parse: ${mistake.message}`,
        help: "Correct the diagram. Until then the site shows its text.",
        origin: { file: guide.path, line: line + Math.max(0, mistake.line - 1), column: 1 },
      });
    }
  }
  return problems;
}

/** By the tokens of micromark, which also finds fences in lists and quotes. */
function mermaidBlocks(body: string): readonly Block[] {
  const events = postprocess(
    parse()
      .document()
      .write(preprocess()(body, "utf8", true)),
  );
  const blocks: Block[] = [];
  let language = "";
  let lines: string[] = [];
  let first = 0;
  for (const [kind, { type, start, end }, context] of events) {
    if (kind === "enter" && type === "codeFenced") [language, lines, first] = ["", [], start.line + 1];
    if (kind === "enter" && type === "codeFencedFenceInfo") language = context.sliceSerialize({ start, end });
    if (kind === "enter" && type === "codeFlowValue") {
      // Empty lines are no tokens of their own.
      lines[start.line - first] = context.sliceSerialize({ start, end });
    }
    if (kind === "exit" && type === "codeFenced" && language === "mermaid") {
      blocks.push({ text: Array.from(lines, (line) => line ?? "").join("\n"), line: first });
    }
  }
  return blocks;
}
