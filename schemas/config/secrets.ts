import type { KeyPath, YamlFile } from "./yaml-file.ts";
import type { Problem } from "../problem.ts";

/** Shapes of values that open something: URLs of databases, URLs with a password, keys of the services we speak to. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/^(?:postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|jdbc:[a-z]+):\/\//i, "a connection's URL"],
  [/^(?:server|data source)=.*;.*(?:password|pwd)=/i, "a connection string"],
  [/:\/\/[^\s/:@]+:[^\s/@]+@/, "a URL with a password"],
  [
    /\b(?:sk-[A-Za-z0-9_-]{16,}|AIza[\w-]{20,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|AKIA[A-Z0-9]{12,}|xox[abp]-[\w-]{10,})/,
    "an API key",
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
];

/** What kind of secret a text looks like; null when it looks like none. */
export function secretKind(text: string): string | null {
  return shapes.find(([shape]) => shape.test(text))?.[1] ?? null;
}

/** One problem for each value that looks like a secret. None of them repeats the value. */
export function secretProblems(file: YamlFile): readonly Problem[] {
  return strings(file.data, []).flatMap(({ text, path }) => {
    const kind = secretKind(text);
    return kind === null ? [] : [refused(file, path, kind)];
  });
}

function refused(file: YamlFile, path: KeyPath, kind: string): Problem {
  return {
    code: "QG104",
    severity: "error",
    message: `${path.map(String).join(".")} holds ${kind}, and this file is public to everyone who reads the repository`,
    help: "Put it in an environment variable or a secret of the workflow, and write the variable's NAME here. Change the secret if it was ever committed.",
    origin: file.valueAt(path),
  };
}

function strings(data: unknown, path: KeyPath): readonly { readonly text: string; readonly path: KeyPath }[] {
  if (typeof data === "string") return [{ text: data, path }];
  if (Array.isArray(data)) return data.flatMap((item: unknown, index) => strings(item, [...path, index]));
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => strings(value, [...path, key]));
}
