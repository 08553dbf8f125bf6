import type { Octokit } from "@octokit/rest";
import { CHECK_NAME, DOCS_BUTTON, FIXES_BUTTON } from "./job.ts";
import type { ActionResult } from "./workplace.ts";

interface Where {
  readonly owner: string;
  readonly repo: string;
}

/** GitHub refuses a longer summary. */
const LONGEST_SUMMARY = 65_000;

/** Shows that a commit is looked at; the number of the check run. */
export async function startCheck(octokit: Octokit, where: Where, head: string): Promise<number> {
  const { data } = await octokit.rest.checks.create({
    ...where,
    name: CHECK_NAME,
    head_sha: head,
    status: "in_progress",
  });
  return data.id;
}

/** Shows what came of it. Files of a fork are committed by nobody, so it has no button for them. */
export async function endCheck(
  octokit: Octokit,
  where: Where,
  { check, result, mayCommit }: { readonly check: number; readonly result: ActionResult; readonly mayCommit: boolean },
): Promise<void> {
  const { conclusion, title } = outcomeOf(result.code);
  const summary = result.summary.slice(0, LONGEST_SUMMARY) || title;
  await octokit.rest.checks.update({
    ...where,
    check_run_id: check,
    status: "completed",
    conclusion,
    output: { title, summary },
    actions: mayCommit ? [DOCS, ...(result.hasFixes ? [FIXES] : [])] : [],
  });
}

const DOCS = { label: "Update docs", description: "Commit documents and fixtures", identifier: DOCS_BUTTON };
const FIXES = { label: "Apply fixes", description: "Commit the safe forms of findings", identifier: FIXES_BUTTON };

/** Ends a check whose job was called off or failed, so that it does not stand there as running. */
export async function cancelCheck(octokit: Octokit, where: Where, check: number): Promise<void> {
  const title = "Called off";
  const summary = "A newer commit is looked at, or the server was stopped. Re-run asks again.";
  await octokit.rest.checks.update({
    ...where,
    check_run_id: check,
    status: "completed",
    conclusion: "cancelled",
    output: { title, summary },
  });
}

/** The action's exit codes in GitHub's words. A repository without a schema is no failure of its pull requests. */
function outcomeOf(code: number | null): {
  readonly conclusion: "success" | "failure" | "neutral" | "timed_out";
  readonly title: string;
} {
  if (code === 0) return { conclusion: "success", title: "Nothing stands against it" };
  if (code === 1) return { conclusion: "failure", title: "Findings stand against it" };
  if (code === null) return { conclusion: "timed_out", title: "Stopped: it took longer than it may" };
  return { conclusion: "neutral", title: code === 2 ? "There is nothing to read, or not as it is" : "Could not work" };
}
