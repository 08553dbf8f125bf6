import { readPrisma } from "../languages/prisma/read-prisma.ts";
import { prismaEngines } from "../languages/prisma/provider.ts";
import { dialectOf } from "./declared-source.ts";
import { compareText } from "./order.ts";
import { folderOf, joinPath } from "./listing.ts";
import { normalisePath } from "./normalise-path.ts";
import { scores } from "./framework.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Problem } from "../problem.ts";
import type { SourceFile } from "../source.ts";

/** https://www.prisma.io/docs/orm/prisma-schema: one file, or a folder with the datasource in one of its files. */
export const prismaSchema: Framework = {
  id: "prisma-schema",
  title: "Prisma schema",
  rule: "the .prisma file with the datasource and, where it is the only one, every .prisma file beside and below it, or of the folder that `schema` names in prisma.config or package.json.",
  kind: "declared",
  async detect(folder, listing) {
    const found: Detection[] = [];
    for (const name of listing.filesIn(folder).filter((file) => file.endsWith(".prisma"))) {
      const path = joinPath(folder, name);
      const { value } = await listing.read(path);
      const provider = value && providerOf(value.text);
      if (provider === null) continue;
      const engine = prismaEngines[provider] ?? provider;
      const files = (await filesOf(path, listing)).length;
      const score = scores.declared + 5;
      found.push({ framework: "prisma-schema", path, engine, score, why: "a datasource of Prisma", files });
    }
    return found;
  },
  async read({ path, listing, engine }) {
    const problems: Problem[] = [];
    const files: SourceFile[] = [];
    for (const one of await filesOf(path, listing)) {
      const read = await listing.read(one);
      problems.push(...read.problems);
      if (read.value) files.push(read.value);
    }
    if (files.length === 0) return { value: [], problems };
    const steps = await readPrisma(files, dialectOf(engine));
    return { value: steps.value, problems: [...problems, ...steps.problems] };
  },
};

/** The provider of the datasource; null when the file has none, as each but one of a folder. */
function providerOf(text: string): string | null {
  const block = /^\s*datasource\s+\w+\s*\{([^}]*)\}/m.exec(text)?.[1];
  return (block !== undefined && /^\s*provider\s*=\s*"([^"]+)"/m.exec(block)?.[1]) || null;
}

/** The file with the datasource first. Two datasources in one folder are two schemas of one file each. */
async function filesOf(path: string, listing: FileListing): Promise<readonly string[]> {
  const isFolder = !listing.hasFile(path);
  const named = isFolder ? path : await schemaFolder(path, listing);
  const below = prismaFiles(named ?? folderOf(path), listing);
  const sources = await datasources(below, listing);
  if (!isFolder && sources.length > 1) return [path];
  if (named === null && below.length === 1) return await modelsAbove(path, listing);
  return [...sources, ...below.filter((one) => !sources.includes(one)).sort(compareText)];
}

const prismaFiles = (folder: string, listing: FileListing): readonly string[] =>
  listing.paths.filter((one) => one.endsWith(".prisma") && isWithin(one, folder));

const isWithin = (path: string, folder: string): boolean => folder === "" || path.startsWith(`${folder}/`);

/** Of these files those that have a datasource. */
export async function datasources(paths: readonly string[], listing: FileListing): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const { value } = await listing.read(path);
    if (value && providerOf(value.text) !== null) found.push(path);
  }
  return found;
}

/** A datasource in a folder of its own, without any model: the nearest folder above that has other files is the schema. */
async function modelsAbove(path: string, listing: FileListing): Promise<readonly string[]> {
  const { value } = await listing.read(path);
  if (value && /^\s*(?:model|view|enum|type)\s+\w+/m.test(value.text)) return [path];
  for (let folder = folderOf(path); folder !== "";) {
    folder = folderOf(folder);
    const others = prismaFiles(folder, listing).filter((one) => one !== path);
    if (others.length === 0) continue;
    const isAlone = (await datasources(others, listing)).length === 0;
    return isAlone ? [path, ...[...others].sort(compareText)] : [path];
  }
  return [path];
}

/** The folder that Prisma's configuration names, when the file is in it; null when none does. */
async function schemaFolder(path: string, listing: FileListing): Promise<string | null> {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    for (const name of listing.filesIn(folder).filter((file) => CONFIGURATIONS.has(file))) {
      const { value } = await listing.read(joinPath(folder, name));
      const written = value && (name === "package.json" ? ofPackage(value.text) : ofConfig(value.text));
      const named = written ? normalisePath(joinPath(folder, written)) : null;
      if (named !== null && listing.hasFolder(named) && isWithin(path, named)) return named;
    }
    if (folder === "") return null;
  }
}

const CONFIGURATIONS: ReadonlySet<string> = new Set([
  "package.json",
  ...["ts", "mts", "cts", "js", "mjs", "cjs"].map((ending) => `prisma.config.${ending}`),
]);

function ofPackage(text: string): string | null {
  try {
    const content: unknown = JSON.parse(text);
    const prisma: unknown = Object(content).prisma;
    const schema: unknown = Object(prisma).schema;
    return typeof schema === "string" ? schema : null;
  } catch {
    return null;
  }
}

/** `schema: "prisma/schema"` or `schema: path.join("prisma", "schema")`: the program is not run. */
function ofConfig(text: string): string | null {
  const value = /\bschema\s*:\s*(?:["'`]([^"'`]+)["'`]|(?:\w+\.)?(?:join|resolve)\(([^()]*)\))/.exec(text);
  if (value?.[1] !== undefined) return value[1];
  const parts = [...(value?.[2] ?? "").matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, part = ""]) => part);
  return parts.length === 0 ? null : parts.join("/");
}
