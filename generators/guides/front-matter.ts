import { parseDocument } from "yaml";
import type { Problem } from "#schemas/problem.ts";
import type { GuideSource } from "./guide.ts";

export interface FrontMatter {
  readonly title?: string;
  readonly description?: string;
  /** The text with empty lines in place of the front matter, so that lines keep their numbers. */
  readonly body: string;
  readonly problem?: Problem;
}

/** `title` and `description` between two lines of dashes at the top of a guide; other keys are another tool's. */
export function readFrontMatter({ path, text }: GuideSource): FrontMatter {
  const plain = text.replace(/^\uFEFF/, "");
  const found = /^---[ \t]*\r?\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\r?\n|$)/.exec(plain);
  if (!found) return { body: plain };
  const [all, yaml = ""] = found;
  const body = all.replaceAll(/[^\n]/g, "") + plain.slice(all.length);
  const document = parseDocument(yaml);
  const [error] = document.errors;
  if (error) {
    const line = 1 + (error.linePos?.[0].line ?? 1);
    const problem: Problem = {
      code: "QG409",
      severity: "warning",
      message: `the front matter of the guide is not YAML: ${error.message.split("\n")[0] ?? ""}`,
      help: "Correct it, or remove the lines between `---`. The rest of the guide is shown.",
      origin: { file: path, line, column: 1 },
    };
    return { body, problem };
  }
  const title = textOf(document.get("title"));
  const description = textOf(document.get("description"));
  return { body, ...(title !== undefined && { title }), ...(description !== undefined && { description }) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
