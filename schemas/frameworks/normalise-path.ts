/** Forward slashes, no leading `./`; null when the path leads out of the repository. */
export function normalisePath(path: string): string | null {
  const parts: string[] = [];
  if (/^(?:[/\\]|[A-Za-z]:)/.test(path)) return null;
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return null;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
