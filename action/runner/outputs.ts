/** What later steps can read. Every output is set at the end of every run, also of one that failed. */
export const outputs = {
  findings: "Findings of the review: errors, warnings and notes.",
  errors: "Findings that are errors.",
  warnings: "Findings that are warnings.",
  changed: "`true` when files were written or are out of date.",
  drift:
    "Differences between the committed schema and running databases, on a schedule or by hand; empty when none was compared.",
  "commit-sha": "Commit that the files went into; empty when there was none.",
  "pull-request-number": "Pull request that the run opened or commented on; empty when there was none.",
  "comment-id": "Comment of the run; empty when there was none.",
  "report-path": "JSON report of the run, for an artifact or a later step.",
  "sarif-path": "Findings as SARIF 2.1.0.",
} as const;

export type OutputName = keyof typeof outputs;
export type Outputs = Readonly<Record<OutputName, string | number | boolean>>;

export const noOutputs: Outputs = {
  findings: 0,
  errors: 0,
  warnings: 0,
  changed: false,
  drift: "",
  "commit-sha": "",
  "pull-request-number": "",
  "comment-id": "",
  "report-path": "",
  "sarif-path": "",
};
