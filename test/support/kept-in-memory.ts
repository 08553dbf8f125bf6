import type { KeptFiles, MadeFrom } from "#generators/kept-files.ts";
import type { Artifact } from "#schemas/ports.ts";

export interface MemoryFiles extends KeptFiles {
  /** Paths of what was made since the last call. */
  made(): readonly string[];
}

/** Files of former runs whose contents lie untouched where they were written. */
export function keptInMemory(): MemoryFiles {
  const files = new Map<string, MadeFrom & { readonly content: Artifact["content"] }>();
  let made: string[] = [];
  return {
    take(path, keyOf) {
      const file = files.get(path);
      return file && file.key === keyOf(file.asked) ? new TextEncoder().encode(textOf(file.content)) : undefined;
    },
    former(path) {
      const file = files.get(path);
      return file && { asked: file.asked, content: new TextEncoder().encode(textOf(file.content)) };
    },
    keep(path, file) {
      made.push(path);
      files.set(path, file);
    },
    made() {
      const paths = made.sort();
      made = [];
      return paths;
    },
  };
}

export function textOf(content: Artifact["content"]): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}
