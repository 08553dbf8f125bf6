import { readPrisma } from "../languages/prisma/read-prisma.ts";
import { prismaEngines } from "../languages/prisma/provider.ts";
import { dialectOf } from "./declared-source.ts";
import { compareText } from "./order.ts";
import { folderOf, joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Problem } from "../problem.ts";
import type { SourceFile } from "../source.ts";

/** https://www.prisma.io/docs/orm/prisma-schema: one file, or a folder with the datasource in one of its files. */
export const prismaSchema: Framework = {
  id: "prisma-schema",
  title: "Prisma schema",
  rule: "the .prisma file with the datasource and, where it is the only one, every .prisma file beside and below it.",
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
  const folder = isFolder ? path : folderOf(path);
  const below = listing.paths.filter(
    (one) => one.endsWith(".prisma") && (folder === "" || one.startsWith(`${folder}/`)),
  );
  const sources: string[] = [];
  for (const one of below) {
    const { value } = await listing.read(one);
    if (value && providerOf(value.text) !== null) sources.push(one);
  }
  if (!isFolder && sources.length > 1) return [path];
  return [...sources, ...below.filter((one) => !sources.includes(one)).sort(compareText)];
}
