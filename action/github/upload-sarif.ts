import { gzipSync } from "node:zlib";
import type { Octokit } from "@octokit/rest";
import { ProblemError } from "#schemas/problem.ts";
import { at, limitWait, messageOf, statusOf } from "./github-failure.ts";
import type { Repository } from "./pull-request-state.ts";

export interface SarifUpload {
  /** SARIF 2.1.0. */
  readonly sarif: string;
  readonly commit: string;
  /** Full ref, such as `refs/pull/7/merge`. */
  readonly ref: string;
}

/** Hands the findings to code scanning. Throws `ProblemError`. */
export async function uploadSarif(
  octokit: Octokit,
  { owner, name: repo }: Repository,
  { sarif, commit, ref }: SarifUpload,
): Promise<void> {
  const doing = { what: "upload the findings to code scanning", needs: "security-events: write" };
  await at(doing, async () => {
    try {
      await octokit.rest.codeScanning.uploadSarif({
        owner,
        repo,
        commit_sha: commit,
        ref,
        sarif: gzipSync(sarif).toString("base64"),
        tool_name: "QueryGenie",
      });
    } catch (error) {
      const status = statusOf(error);
      // A limit comes with 403 too, and passes.
      if ((status !== 403 && status !== 404) || limitWait(error) !== null) throw error;
      const message = `QueryGenie could not upload the findings to code scanning: ${messageOf(error)}`;
      const help =
        "The job needs security-events: write, and the repository needs code scanning (a private one a licence for it). " +
        "The output sarif-path names the file.";
      throw new ProblemError([{ code: "QG818", severity: "warning", message, help }], 3, error);
    }
  });
}
