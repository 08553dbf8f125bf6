import { createHash } from "node:crypto";
import { modelKey } from "#schemas/replay/read-model.ts";
import type { Artifact } from "#schemas/ports.ts";
import type { Project } from "./project.ts";
import { toolVersion } from "./tool-version.ts";

/**
 * What the last build made and from what. The input digest is the loop guard of the action: a commit that changes
 * nothing else has the same digest.
 */
export interface BuildManifest {
  readonly version: 1;
  /** Version of the tool that wrote the files. */
  readonly tool: string;
  readonly inputDigest: string;
  /** Hash of each committed file, by generator and path, both sorted. */
  readonly generators: Readonly<Record<string, { readonly files: Readonly<Record<string, string>> }>>;
}

export const manifestPath = (project: Pick<Project, "config">): string =>
  `${project.config.output.state}/manifest.json`;

/** Hash of everything the committed files depend on: tool, configuration, schema files, saved queries. */
export async function inputDigest(project: Project, queryPaths: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(`${toolVersion()}\n${JSON.stringify(project.config)}\n`);
  for (const { files } of project.databases) hash.update(`${modelKey(files)}\n`);
  for (const path of queryPaths) {
    const bytes = (await project.workspace.read(path)) ?? new Uint8Array();
    hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

export function buildManifest(digest: string, artifacts: readonly Artifact[]): BuildManifest {
  const generators: Record<string, { files: Record<string, string> }> = {};
  const ids = [...new Set(artifacts.map(({ generator }) => generator))].sort();
  for (const id of ids) {
    const own = artifacts.filter(({ generator }) => generator === id).sort((a, b) => (a.path < b.path ? -1 : 1));
    generators[id] = { files: Object.fromEntries(own.map(({ path, content }) => [path, contentHash(content)])) };
  }
  return { version: 1, tool: toolVersion(), inputDigest: digest, generators };
}

export const contentHash = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** The committed manifest; null when there is none or it was broken, which only costs a full build. */
export async function readManifest(project: Project): Promise<BuildManifest | null> {
  const bytes = await project.workspace.read(manifestPath(project));
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isManifest(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export const ownedPaths = (manifest: BuildManifest | null): readonly string[] =>
  Object.values(manifest?.generators ?? {}).flatMap(({ files }) => Object.keys(files));

function isManifest(value: unknown): value is BuildManifest {
  if (typeof value !== "object" || value === null) return false;
  const version: unknown = Reflect.get(value, "version");
  const digest: unknown = Reflect.get(value, "inputDigest");
  const generators: unknown = Reflect.get(value, "generators");
  return version === 1 && typeof digest === "string" && typeof generators === "object" && generators !== null;
}
