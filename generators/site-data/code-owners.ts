import picomatch from "picomatch/posix.js";

/** A CODEOWNERS file of GitHub, as far as it can be read. */
export interface CodeOwners {
  /** Owners of a file, relative to the repository's root; none when nobody owns it. The last rule that fits decides. */
  of(path: string): readonly string[];
}

/** Places where GitHub looks, in its order. */
export const CODE_OWNERS_PLACES: readonly string[] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

export function readCodeOwners(text: string): CodeOwners {
  const rules = text.split(/\r?\n/).flatMap(ruleOf).toReversed();
  return { of: (path) => rules.find(({ matches }) => matches(path))?.owners ?? [] };
}

interface OwnerRule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

function ruleOf(line: string): readonly OwnerRule[] {
  // A space in a path is written `\ `; what follows a `#` between words is a comment.
  const words = line.trim().match(/(?:\\.|[^\s\\])+/g) ?? [];
  const end = words.findIndex((word) => word.startsWith("#"));
  const [pattern, ...owners] = end === -1 ? words : words.slice(0, end);
  // GitHub takes neither ranges of characters nor exceptions, and skips the line.
  if (pattern === undefined || /^!|[[\]]/.test(pattern)) return [];
  const globs = globsOf(pattern.replaceAll(/\\(.)/g, "$1"));
  return [{ matches: picomatch(globs, { dot: true, nobrace: true, noextglob: true }), owners }];
}

/** As gitignore reads a pattern: a slash at the start or in the middle ties it to the root, a folder means all below. */
function globsOf(pattern: string): string[] {
  const isFolder = pattern.endsWith("/");
  const plain = pattern.replace(/^\/+|\/+$/g, "");
  const isTied = pattern.startsWith("/") || plain.includes("/");
  const from = isTied ? plain : `**/${plain}`;
  if (plain === "*" || plain === "**") return ["**"];
  if (isFolder) return [`${from}/**`];
  // `docs/*` are the files of the folder, not those of its folders.
  return plain.endsWith("/*") ? [from] : [from, `${from}/**`];
}
