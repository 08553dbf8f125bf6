import type { Artifact } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import type { Generator, GeneratorInput } from "./generator.ts";

export interface PipelineOutput {
  readonly artifacts: readonly Artifact[];
  readonly problems: readonly Problem[];
}

/** MODEL → ARTIFACTS: every generator in turn on the same input. Artifacts are sorted by path and unique. */
export async function generate(input: GeneratorInput, generators: readonly Generator[]): Promise<PipelineOutput> {
  const artifacts = new Map<string, Artifact>();
  const problems: Problem[] = [];
  for (const generator of generators) {
    const output = await generator.generate(input);
    for (const artifact of output.artifacts) artifacts.set(artifact.path, artifact);
    problems.push(...output.problems);
  }
  const paths = [...artifacts.keys()].sort();
  return { artifacts: paths.flatMap((path) => artifacts.get(path) ?? []), problems };
}
