import { createHmac, randomBytes } from "node:crypto";
import type { LiveServer } from "#schemas/dialects/live-reader.ts";
import { STATISTICS_VERSION, statisticsSchema, type Statistics } from "#schemas/json/statistics.ts";
import { WORKLOAD_VERSION, workloadSchema, type Workload } from "#schemas/json/workload.ts";
import type { Problem } from "#schemas/problem.ts";
import type { ProjectWorld } from "./project.ts";
import { folderPublisher } from "./folder-publisher.ts";

export interface LiveFilesInput {
  readonly world: ProjectWorld;
  readonly server: LiveServer;
  /** Name of the connection, and of the files. */
  readonly connection: string;
  /** The state folder, such as `.querygenie`. */
  readonly state: string;
  readonly statistics: boolean;
  readonly workload: boolean;
  readonly hashValues: boolean;
}

/** Most queries that a workload file lists. */
const MOST_QUERIES = 500;

/** Takes statistics and workload of a running database into their files; returns the paths. What does not fit the published format is never written. */
export async function saveLiveFiles(
  input: LiveFilesInput,
): Promise<{ readonly paths: readonly string[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const files: { path: string; content: string }[] = [];
  if (input.statistics) {
    const path = `${input.state}/stats/${input.connection}.json`;
    const taken = await takeStatistics(input, path);
    problems.push(...taken.problems);
    files.push({ path, content: json(statisticsSchema.parse(taken.statistics)) });
  }
  if (input.workload) {
    const taken = await takeWorkload(input);
    problems.push(...taken.problems);
    files.push({
      path: `${input.state}/workload/${input.connection}.json`,
      content: json(workloadSchema.parse(taken.workload)),
    });
  }
  const artifacts = files.map((file) => ({ ...file, generator: "live" }));
  await folderPublisher(input.world.root).publish(artifacts, []);
  return { paths: files.map(({ path }) => path), problems };
}

async function takeStatistics(
  { server, connection, world, hashValues }: LiveFilesInput,
  path: string,
): Promise<{ readonly statistics: Statistics; readonly problems: readonly Problem[] }> {
  // The key stays when statistics are refreshed: equal values keep their hashes.
  const key = hashValues ? ((await oldKey(world, path)) ?? randomBytes(KEY_BYTES).toString("hex")) : undefined;
  const { statistics, problems } = await server.readStatistics(key === undefined ? {} : { hash: keyedHash(key) });
  return {
    statistics: {
      version: STATISTICS_VERSION,
      connection,
      takenAt: day(world),
      engine: server.engine,
      ...(statistics.planner === undefined ? {} : { planner: statistics.planner }),
      ...(key === undefined ? {} : { hashKey: key }),
      relations: statistics.relations,
      ...(statistics.routines === undefined ? {} : { routines: statistics.routines }),
    },
    problems,
  };
}

async function takeWorkload({
  server,
  connection,
  world,
}: LiveFilesInput): Promise<{ readonly workload: Workload; readonly problems: readonly Problem[] }> {
  const { workload, problems } = await server.readWorkload(MOST_QUERIES);
  return { workload: { version: WORKLOAD_VERSION, connection, takenAt: day(world), ...workload }, problems };
}

async function oldKey({ workspace }: ProjectWorld, path: string): Promise<string | undefined> {
  const bytes = await workspace.read(path);
  if (!bytes) return undefined;
  try {
    return statisticsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data?.hashKey;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const KEY_BYTES = 16;
const HASH_DIGITS = 16;

/** The hash that the statistics file's `hashKey` explains. */
export const keyedHash =
  (key: string) =>
  (value: string): string =>
    createHmac("sha256", Buffer.from(key, "hex")).update(value).digest("hex").slice(0, HASH_DIGITS);

const day = ({ clock }: ProjectWorld): string => clock.now().toISOString().slice(0, "2026-11-27".length);

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
