import { createHash, hash as hashOf } from "node:crypto";
import { manifestSchema, type Manifest } from "#schemas/json/manifest.ts";
import { stringifyModel } from "#generators/docs/stringify-model.ts";
import { modelKey } from "#schemas/replay/read-model.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Project } from "./project.ts";
import { toolVersion } from "./tool-version.ts";

export const manifestPath = (project: Pick<Project, "config">): string =>
  `${project.config.output.state}/manifest.json`;

/** Hash of everything the committed files depend on: tool, configuration, schema files, saved queries. */
export async function inputDigest(project: Project, queryPaths: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(`${toolVersion()}\n${JSON.stringify(project.config)}\n`);
  for (const { files, live } of project.databases) {
    hash.update(`${modelKey(files)}\n`);
    if (live) hash.update(stringifyModel(live.model));
  }
  for (const path of queryPaths) {
    const bytes = (await project.workspace.read(path)) ?? new Uint8Array();
    hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

export function buildManifest(digest: string, artifacts: readonly Artifact[]): Manifest {
  const generators: Record<string, { files: Record<string, string> }> = {};
  const ids = [...new Set(artifacts.map(({ generator }) => generator))].sort();
  for (const id of ids) {
    const own = artifacts.filter(({ generator }) => generator === id).sort((a, b) => (a.path < b.path ? -1 : 1));
    generators[id] = {
      files: Object.fromEntries(own.map(({ path, content, inPlace }) => [path, inPlace ?? contentHash(content)])),
    };
  }
  return { version: 1, tool: toolVersion(), inputDigest: digest, generators };
}

export const contentHash = (content: string | Uint8Array): string => hashOf("sha256", content);

/** The committed manifest; null when there is none or it was broken, which only costs a full build. */
export async function readManifest(project: Project): Promise<Manifest | null> {
  const bytes = await project.workspace.read(manifestPath(project));
  if (!bytes) return null;
  try {
    return manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export const ownedPaths = (manifest: Manifest | null): readonly string[] =>
  Object.values(manifest?.generators ?? {}).flatMap(({ files }) => Object.keys(files));
