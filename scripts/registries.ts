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
    folder: "schemas/frameworks",
    files: "*.ts",
    type: "Framework",
    from: "./framework.ts",
    name: "frameworks",
    doc: "Every framework, by file name.",
  },
];

const root = join(import.meta.dirname, "..");

/** The registry's text, or null when its folder has no entry yet. */
export async function registryText(registry: Registry): Promise<string | null> {
  const entries = await entriesOf(registry);
  if (entries.length === 0) return null;
  const imports = entries.map((entry) => `import { ${entry.constant} } from "./${entry.file}";`);
  const lines = [
    "// Written by `npm run registries`. Do not edit.",
    ...imports,
    `import type { ${registry.type} } from "${registry.from}";`,
    "",
    `/** ${registry.doc} */`,
    `export const ${registry.name}: readonly ${registry.type}[] = [`,
    ...entries.map((entry) => `  ${entry.constant},`),
    "];",
  ];
  return `${lines.join("\n")}\n`;
}

export function registryPath(registry: Registry): string {
  return join(root, registry.folder, "registry.ts");
}

/** An entry is `export const x: Type = …`; sorted by file, so that the order does not depend on the disk. */
async function entriesOf({ folder, files, type }: Registry): Promise<readonly { file: string; constant: string }[]> {
  const cwd = join(root, folder);
  if (!existsSync(cwd)) return [];
  const paths = globSync(files, { cwd }).map((path) => path.replaceAll("\\", "/"));
  const found: { file: string; constant: string }[] = [];
  for (const file of paths.filter((path) => !path.endsWith(".test.ts") && path !== "registry.ts").sort()) {
    const text = await readFile(join(cwd, file), "utf8");
    const constant = new RegExp(`^export const (\\w+): ${type} =`, "m").exec(text)?.[1];
    if (constant !== undefined) found.push({ file, constant });
  }
  return found;
}

if (import.meta.main) {
  for (const registry of registries) {
    const text = await registryText(registry);
    if (text === null) continue;
    await writeFile(registryPath(registry), text);
    console.log(`wrote ${registry.folder}/registry.ts`);
  }
}
