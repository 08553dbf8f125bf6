import type { Workspace } from "#schemas/ports.ts";

/** A tree in memory, by path. Text is stored as UTF-8. */
export function memoryWorkspace(files: Readonly<Record<string, string | Uint8Array>>): Workspace {
  const tree = new Map(
    Object.entries(files)
      .filter(([path]) => !path.split("/").some((part) => part === ".git" || part === "node_modules"))
      .map(([path, content]) => [path, typeof content === "string" ? new TextEncoder().encode(content) : content]),
  );
  return {
    list: async (folder = "") =>
      [...tree.keys()].filter((path) => folder === "" || path.startsWith(`${folder}/`)).sort(),
    read: async (path) => tree.get(path) ?? null,
    exists: async (path) => tree.has(path),
  };
}
