/** The words of a name, in lower case: `passwordHash` and `password_hash` have two. */
export function nameWords(name: string): readonly string[] {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

export const hasWord = (name: string, words: ReadonlySet<string>): boolean =>
  nameWords(name).some((word) => words.has(word));
