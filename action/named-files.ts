import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { text as readStream } from "node:stream/consumers";
import picomatch from "picomatch/posix.js";
import { decodeText } from "#schemas/languages/decode.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import type { SourceFile } from "#schemas/source.ts";
import type { Project } from "./project.ts";

/**
 * The files that words name: paths and globs of the project, paths outside it, and `-` for standard input. Each once,
 * in the order of the words. Throws `ProblemError` (exit 2) for a word that names nothing.
 */
export async function readNamedFiles(project: Project, words: readonly string[]): Promise<readonly SourceFile[]> {
  const found = new Map<string, SourceFile>();
  const problems: Problem[] = [];
  for (const word of words) {
    const files =
      word === "-"
        ? [{ path: "stdin.sql", text: await readStream(process.stdin) }]
        : await named(project, word, problems);
    if (files.length === 0) problems.push(noSuchFile(word));
    for (const file of files) found.set(file.path, file);
  }
  if (problems.some(({ severity }) => severity === "error")) throw new ProblemError(problems, 2);
  return [...found.values()];
}

async function named({ root, listing }: Project, word: string, problems: Problem[]): Promise<readonly SourceFile[]> {
  const pattern = relative(root, resolve(root, word)).replaceAll("\\", "/");
  const matches = picomatch(pattern, { dot: true });
  const paths = listing.paths.filter((path) => path === pattern || path.startsWith(`${pattern}/`) || matches(path));
  const isFolder = paths.every((path) => path.startsWith(`${pattern}/`));
  const files: SourceFile[] = [];
  for (const path of paths.filter((candidate) => !isFolder || candidate.endsWith(".sql"))) {
    const read = await listing.read(path);
    problems.push(...read.problems);
    if (read.value) files.push(read.value);
  }
  if (paths.length > 0) return files;
  // Whoever types a path outside the repository means that file.
  const bytes = await readFile(resolve(root, word)).catch(() => null);
  if (bytes === null) return [];
  const { value, problems: wrong } = decodeText(new Uint8Array(bytes), pattern);
  problems.push(...wrong);
  return value === null ? [] : [{ path: pattern, text: value }];
}

export function noSuchFile(word: string): Problem {
  return {
    code: "QG113",
    severity: "error",
    message: `there is no file "${word}" to review`,
    help: "Name files or globs, relative to the current folder.",
  };
}
