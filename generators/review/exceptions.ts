import picomatch from "picomatch";
import type { Finding } from "#schemas/finding.ts";

/** One exception of the configuration. What it does not name, it does not ask for. */
export interface Exception {
  readonly rule?: string | undefined;
  readonly file?: string | undefined;
  readonly object?: string | undefined;
  readonly reason: string;
}

/** Whether an exception or the baseline silences a finding. */
export function exceptions(list: readonly Exception[], baseline: ReadonlySet<string>): (finding: Finding) => boolean {
  const tests = list.map(({ rule, file, object }) => {
    const isFile = file === undefined ? null : picomatch(file, { dot: true });
    // Ids have dots where paths have slashes: a star stands for one part.
    const isObject = object === undefined ? null : picomatch(object.replaceAll(".", "/"));
    return (finding: Finding): boolean =>
      (rule === undefined || rule === finding.rule) &&
      (isFile === null || isFile(finding.span.file)) &&
      (isObject === null || finding.objects.some((id) => isObject(id.replaceAll(".", "/"))));
  });
  return (finding) => baseline.has(finding.fingerprint) || tests.some((test) => test(finding));
}
