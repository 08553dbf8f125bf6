import { closest } from "../closest.ts";
import { frameworks } from "./registry.ts";
import { suggestPath } from "./suggest-path.ts";
import type { FileListing } from "./listing.ts";
import type { Problem, ProblemSeverity } from "../problem.ts";
import type { SourceRef } from "../source.ts";

/** A source as its messages name it. */
export interface SourceMention {
  readonly source: { readonly path: string };
  readonly listing: FileListing;
  /** What to call the source in messages, such as `sources[0].path`. */
  readonly label?: string;
  /** Where it is written. */
  readonly origin?: SourceRef | undefined;
}

export function missing(path: string, input: SourceMention): Problem {
  const hint = suggestPath(path, input.listing);
  const suggestion = hint ? `Did you mean ${hint}? ` : "";
  const help = `${suggestion}querygenie init --force rewrites the sources.`;
  return problem(input, { code: "QG113", severity: "error", message: `${about(input)} does not exist`, help });
}

export function leaves(input: SourceMention): Problem {
  const help = "Write it relative to the repository's root, without a leading slash.";
  return problem(input, { code: "QG114", severity: "error", message: `${about(input)} leaves the repository`, help });
}

export function empty(input: SourceMention): Problem {
  const help = "Check the pattern and the framework, or let querygenie init --force find the sources.";
  return problem(input, { code: "QG111", severity: "error", message: `${about(input)} has no file to read`, help });
}

export function unknownFramework(id: string, input: SourceMention): Problem {
  const near = closest(
    id,
    frameworks.map((framework) => framework.id),
  );
  const known = frameworks.map((framework) => framework.id).join(", ");
  const help = `${near ? `Did you mean "${near}"? ` : ""}Known: ${known}.`;
  return problem(input, { code: "QG103", severity: "error", message: `"${id}" is no known framework`, help });
}

function about(input: SourceMention): string {
  return `${input.label ?? "source"} ${JSON.stringify(input.source.path)}`;
}

function problem(
  input: SourceMention,
  facts: {
    readonly code: Problem["code"];
    readonly severity: ProblemSeverity;
    readonly message: string;
    readonly help: string;
  },
): Problem {
  return { ...facts, makesIncomplete: true, ...(input.origin && { origin: input.origin }) };
}
