import type { Finding, Severity } from "#schemas/finding.ts";
import type { Problem } from "#schemas/problem.ts";

const COMMAND: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/**
 * Workflow commands that GitHub shows beside the lines, one a finding. What people wrote is escaped as
 * https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts does, so that it cannot start a command.
 */
export function githubAnnotations(findings: readonly Finding[]): string {
  return findings.map(annotation).join("");
}

function annotation({ severity, span, rule, message, help }: Finding): string {
  const properties = {
    file: span.file,
    line: span.line,
    endLine: Math.max(span.line, span.endColumn === 1 ? span.endLine - 1 : span.endLine),
    title: rule,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = help === undefined ? message : `${message}\n${help}`;
  return `::${COMMAND[severity]} ${list.join(",")}::${escapeData(text)}\n`;
}

/** A problem, at its place when it has one. */
export function problemAnnotation({ severity, code, message, help, origin }: Problem): string {
  const place = origin ? [`file=${escapeProperty(origin.file)}`, `line=${origin.line}`] : [];
  const list = [...place, `title=${code}`].join(",");
  const text = help === undefined ? message : `${message}\n${help}`;
  return `::${COMMAND[severity]} ${list}::${escapeData(text)}\n`;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
