import type { Config, DatabaseConfig } from "#schemas/config/schema.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Artifact, Engine, Progress } from "#schemas/ports.ts";
import type { Templates } from "#generators/docs/page-template.ts";
import type { DrawnPictures } from "#generators/erd/drawn-pictures.ts";
import type { DrawPng } from "#generators/erd/draw-png.ts";
import type { ColumnExamples } from "#generators/fixtures/column-examples.ts";
import type { KnownTexts } from "#generators/ai/kept-texts.ts";
import type { Problem } from "#schemas/problem.ts";
import type { SourceRef } from "#schemas/source.ts";

/** A query the users keep in their repository. */
export interface SavedQuery {
  /** File name without its ending; unique in a database. */
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly question?: string;
  /** Without the leading comment. */
  readonly sql: string;
  readonly origin: SourceRef;
  /** Ids of the tables and views it reads, sorted; empty when it does not plan. */
  readonly uses: readonly string[];
}

/** A schema of another dialect as the embedded engine runs it, under the same ids. */
export interface TranslatedEngine {
  readonly engine: Engine;
  readonly model: SchemaModel;
  /** What is approximate or left out. */
  readonly problems: readonly Problem[];
}

/** Everything a generator may know. It has no other way to the world. */
export interface GeneratorInput {
  readonly config: Config;
  readonly database: DatabaseConfig;
  readonly model: SchemaModel;
  readonly queries: readonly SavedQuery[];
  /** What a language model wrote, when one was ever asked. */
  readonly known?: KnownTexts;
  /** Values that a language model gave for text columns, when one was ever asked. */
  readonly examples?: ColumnExamples;
  /** The users' own layouts of pages; the usual ones when absent. */
  readonly templates?: Templates;
  /** Draws a picture as PNG; absent where nothing can. */
  readonly drawPng?: DrawPng;
  /** Pictures of a former run; all are drawn when absent. */
  readonly drawn?: DrawnPictures;
  /** An engine that holds the model's schema and the rows its history inserted. Booted on the first call; closed by the pipeline. */
  engine(): Promise<Engine>;
  /**
   * For a dialect that no embedded engine runs: an engine with the translated schema and without rows. Closed by the
   * pipeline. Absent where none can be had.
   */
  translated?(): Promise<TranslatedEngine>;
  /** The file as it is committed now, or null. */
  previous(path: string): Promise<string | null>;
  readonly progress: Progress;
}

export interface GeneratorOutput {
  readonly artifacts: readonly Artifact[];
  readonly problems: readonly Problem[];
}

/** MODEL → ARTIFACTS. The same input gives the same bytes. */
export interface Generator {
  /** File-name safe; the folder's name. */
  readonly id: string;
  /** Shown on the progress line, such as `docs`. */
  readonly title: string;
  generate(input: GeneratorInput): Promise<GeneratorOutput>;
}
