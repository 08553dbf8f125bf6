import { existsSync, globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A folder whose entries are collected in its `registry.ts`. */
interface Registry {
  readonly folder: string;
  /** Files that may hold an entry, below the folder. */
  readonly files: string;
  /** Type of an entry, and the module it comes from. */
  readonly type: string;
  readonly from: string;
  /** Name of the array. */
  readonly name: string;
  readonly doc: string;
  /** Type of an entry in the list when the entry itself is loaded on demand: `name`, `summary` and `load`. */
  readonly lazyType?: string;
  /** File beside the registry with the ids alone, for who must not load the entries; its array has the same name in camel case. */
  readonly idsFile?: string;
}

/** Every folder registry of the product. Add a line to get another one. */
export const registries: readonly Registry[] = [
  {
    folder: "generators",
    files: "*/*.ts",
    type: "Generator",
    from: "./generator.ts",
    name: "generators",
    doc: "Every generator, by file name.",
  },
  {
    folder: "action/commands",
    files: "*.ts",
    type: "Command",
    from: "./command.ts",
    name: "commands",
    doc: "Every command of the terminal, by file name.",
    lazyType: "CommandEntry",
  },
  {
    folder: "generators/review/rules",
    files: "*.ts",
    type: "Rule",
    from: "../rule.ts",
    name: "rules",
    doc: "Every rule, by file name.",
  },
  {
    folder: "generators/queries/code",
    files: "*.ts",
    type: "CodeLanguage",
    from: "./code-language.ts",
    name: "codeLanguages",
    doc: "Every language of application code whose SQL is found, by file name.",
  },
  {
    folder: "schemas/frameworks",
    files: "*.ts",
    type: "Framework",
    from: "./framework.ts",
    name: "frameworks",
    doc: "Every framework, by file name.",
    idsFile: "framework-ids.ts",
  },
];

const repository = join(import.meta.dirname, "..");

/** The registry's text, or null when its folder has no entry yet. */
export async function registryText(registry: Registry, root: string = repository): Promise<string | null> {
  const entries = await entriesOf(registry, root);
  if (entries.length === 0) return null;
  const type = registry.lazyType ?? registry.type;
  const isLazy = registry.lazyType !== undefined;
  const lines = [
    "// Written by `npm run registries`. Do not edit.",
    ...(isLazy ? [] : entries.map((entry) => `import { ${entry.constant} } from "./${entry.file}";`)),
    `import type { ${type} } from "${registry.from}";`,
    "",
    `/** ${registry.doc} */`,
    `export const ${registry.name}: readonly ${type}[] = [`,
    ...(isLazy
      ? await Promise.all(entries.map((entry) => lazyEntry(join(root, registry.folder), entry)))
      : entries.map((entry) => `  ${entry.constant},`)),
    "];",
  ];
  return `${lines.join("\n")}\n`;
}

/** The ids of the entries, which are their files' names; null when nobody wants them. */
export async function idsText({ idsFile, ...registry }: Registry, root: string = repository): Promise<string | null> {
  if (idsFile === undefined) return null;
  const name = idsFile.slice(0, -".ts".length).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const ids = (await entriesOf(registry, root)).map(({ file }) => `  "${idOf(file)}",`);
  const doc = "/** The ids of the registry's entries, without the entries: pages and configuration need no more. */";
  return [
    "// Written by `npm run registries`. Do not edit.",
    doc,
    `export const ${name} = [`,
    ...ids,
    "] as const;",
    "",
  ].join("\n");
}

export function registryPath(registry: Registry, root: string = repository): string {
  return join(root, registry.folder, "registry.ts");
}

interface Entry {
  readonly file: string;
  readonly constant: string;
}

/** A line with what a list shows of the entry; its module is loaded when it is used. */
async function lazyEntry(folder: string, { file, constant }: Entry): Promise<string> {
  const text = await readFile(join(folder, file), "utf8");
  const shown = ["name", "summary"].map((field) => {
    const value = new RegExp(`^  ${field}: (".*"),$`, "m").exec(text)?.[1];
    if (value === undefined) throw new Error(`${folder}/${file} has no line "${field}: …" with plain text.`);
    return `${field}: ${value}`;
  });
  return `  { ${shown.join(", ")}, load: async () => (await import("./${file}")).${constant} },`;
}

/** An entry is `export const x: Type = …`; sorted by file, so that the order does not depend on the disk. */
async function entriesOf({ folder, files, type }: Registry, root: string): Promise<readonly Entry[]> {
  const cwd = join(root, folder);
  if (!existsSync(cwd)) return [];
  const paths = globSync(files, { cwd }).map((path) => path.replaceAll("\\", "/"));
  const found: Entry[] = [];
  const entries = paths.filter((path) => !path.endsWith(".test.ts") && path !== "registry.ts");
  // By id: with their endings `drizzle-schema.ts` would come before `drizzle.ts`.
  for (const file of entries.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))) {
    const text = await readFile(join(cwd, file), "utf8");
    const constant = new RegExp(`^export const (\\w+): ${type} =`, "m").exec(text)?.[1];
    if (constant !== undefined) found.push({ file, constant });
  }
  return found;
}

const idOf = (file: string): string => file.replace(/\.ts$/, "");

/** Writes the registry of every folder that has entries; gives the files it wrote. */
export async function writeRegistries(root: string = repository): Promise<string[]> {
  const written: string[] = [];
  for (const registry of registries) {
    const text = await registryText(registry, root);
    if (text === null) continue;
    await writeFile(registryPath(registry, root), text);
    written.push(`${registry.folder}/registry.ts`);
    const ids = await idsText(registry, root);
    if (ids === null || registry.idsFile === undefined) continue;
    await writeFile(join(root, registry.folder, registry.idsFile), ids);
    written.push(`${registry.folder}/${registry.idsFile}`);
  }
  return written;
}

if (import.meta.main) for (const path of await writeRegistries()) console.log(`wrote ${path}`);
