import type { FileListing } from "./listing.ts";
import type { Trust } from "../ports.ts";
import type { WithProblems } from "../problem.ts";
import type { MigrationFile } from "../source.ts";

/**
 * A migration framework: which files of a repository are a history, in which order its runner applies them and how it
 * wraps them. Reads one level only unless its own rule says otherwise.
 */
export interface Framework {
  /** The file's name; what a configuration writes under `framework`. */
  readonly id: string;
  readonly title: string;
  /** Which files in which order, in one sentence; shown by `doctor` and in the reference. */
  readonly rule: string;
  /**
   * `history`: steps that build on each other · `dump`: one state, as a whole · `declared`: one state in another
   * language than SQL, which a history outranks · `code`: programs, never read.
   */
  readonly kind: "history" | "dump" | "declared" | "code";
  /** What the user can give in place of migrations in code. */
  readonly instead?: string;
  /** True when such a history usually builds on objects that no file of it creates. */
  readonly needsBaseline?: boolean;
  /** What the platform makes in every database before the first step. It may run more than once on one engine. */
  readonly prelude?: MigrationFile;
  /** Places in this folder that look like this framework; empty when none does. Reads as little as it can. */
  detect(folder: string, listing: FileListing): Promise<readonly Detection[]>;
  /** The files in the runner's order, only what it would apply. */
  read(input: ReadInput): Promise<WithProblems<readonly MigrationFile[]>>;
}

export interface ReadInput {
  /** The folder, or the file when the framework is one file. */
  readonly path: string;
  readonly listing: FileListing;
  /** Values of placeholders, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** The engine's name; files that name another one beside it are left out. */
  readonly engine: string;
  /** Whether programs of the repository may run. Absent: not. */
  readonly trust?: Trust | undefined;
}

export interface Detection {
  readonly framework: string;
  /** Folder, or the file when the source is one file. */
  readonly path: string;
  /** The engine as a file, a folder's name or the text tells it: `postgres`, `mysql`, `sqlite`…; null when nothing does. */
  readonly engine: string | null;
  /** See `scores`. */
  readonly score: number;
  /** What it was recognised by, for people. */
  readonly why: string;
  /** Number of steps. */
  readonly files: number;
}

/** A lock or journal file beats a marker in the text, which beats a name pattern, which beats a lone script. */
export const scores = {
  lock: 100,
  marker: 70,
  pattern: 40,
  numbered: 35,
  name: 30,
  script: 20,
  declared: 25,
  code: 10,
} as const;
