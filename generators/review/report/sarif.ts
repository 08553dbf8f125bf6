import type { Finding, Severity } from "#schemas/finding.ts";
import type { Review } from "../review.ts";
import type { Rule } from "../rule.ts";
import { sentence } from "./words.ts";

const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

interface SarifInput {
  readonly review: Pick<Review, "findings">;
  readonly rules: readonly Rule[];
  readonly toolVersion: string;
  /** Address of a rule's page; rules have no `helpUri` without it. */
  readonly helpUri?: (rule: string) => string;
}

/** The findings as SARIF 2.1.0, which code scanning of GitHub and others reads. */
export function sarifReport({ review, rules, toolVersion, helpUri }: SarifInput): SarifLog {
  const used = rules.filter(({ id }) => review.findings.some(({ rule }) => rule === id));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "QueryGenie",
            version: toolVersion,
            rules: used.map(({ id, title, severity, group }) => ({
              id,
              shortDescription: { text: title },
              ...(helpUri ? { helpUri: helpUri(id) } : {}),
              defaultConfiguration: { level: LEVEL[severity] },
              properties: { tags: ["database", group] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: review.findings.map((finding) => toResult(finding, used)),
      },
    ],
  };
}

function toResult(finding: Finding, rules: readonly Rule[]): SarifResult {
  const { rule, severity, message, help, span, fingerprint } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: LEVEL[severity],
    message: { text: [message, ...(help === undefined ? [] : [help])].map(sentence).join(" ") },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(span.file), uriBaseId: "%SRCROOT%" },
          region: {
            startLine: span.line,
            startColumn: span.column,
            endLine: span.endLine,
            endColumn: span.endColumn,
          },
        },
      },
    ],
    partialFingerprints: { "querygenie/v1": fingerprint },
    properties: { evidence: finding.evidence, objects: finding.objects },
  };
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly name: string;
          readonly version: string;
          readonly rules: readonly {
            readonly id: string;
            readonly shortDescription: { readonly text: string };
            readonly helpUri?: string;
            readonly defaultConfiguration: { readonly level: string };
            readonly properties: { readonly tags: readonly string[] };
          }[];
        };
      };
      readonly columnKind: "utf16CodeUnits";
      readonly results: readonly SarifResult[];
    },
  ];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: "error" | "warning" | "note";
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
      readonly region: {
        readonly startLine: number;
        readonly startColumn: number;
        readonly endLine: number;
        readonly endColumn: number;
      };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: { readonly evidence: string; readonly objects: readonly string[] };
}
