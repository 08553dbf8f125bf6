import { baselineSchema } from "#schemas/json/baseline.ts";
import type { WithProblems } from "#schemas/problem.ts";
import type { Project } from "./project.ts";

/** Fingerprints of what was there before the review; none without the file. */
export async function readBaseline(
  project: Pick<Project, "config" | "workspace">,
): Promise<WithProblems<ReadonlySet<string>>> {
  const path = project.config.review.baseline;
  const bytes = await project.workspace.read(path);
  if (!bytes) return { value: new Set(), problems: [] };
  const parsed = baselineSchema.safeParse(jsonOf(bytes));
  if (parsed.success)
    return { value: new Set(parsed.data.findings.map(({ fingerprint }) => fingerprint)), problems: [] };
  const [issue] = parsed.error.issues;
  const message = `the baseline ${path} cannot be read: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
  const help = "Findings from before the review are told again until it is mended or removed.";
  return {
    value: new Set(),
    problems: [{ code: "QG220", severity: "warning", message, help, origin: { file: path, line: 1, column: 1 } }],
  };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
