/** A place in a source file. Lines and columns count from 1; columns count UTF-16 code units, as editors do. */
export interface SourceRef {
  /** Path relative to the repository's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A range in a source file; `end` is exclusive. */
export interface SourceSpan extends SourceRef {
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where an object was made and where it was last changed. `changed` is absent when nothing touched it since. */
export interface Origin {
  readonly created: SourceRef;
  readonly changed?: SourceRef;
}

/** One file of a source, decoded, with a path relative to the repository's root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One SQL statement of a file. `text` has neither the terminator nor surrounding white space and comments. */
export interface SourceStatement {
  readonly span: SourceSpan;
  readonly text: string;
  /** Position among the statements of its file, from 0. */
  readonly index: number;
}

/**
 * How a migration runner wraps a file.
 * `file`: one transaction a file · `all`: one transaction around all pending files · `none`: each statement alone.
 */
export type TransactionMode = "file" | "all" | "none";

/** One step of a history: a file, or the part of it that the runner applies. */
export interface MigrationFile extends SourceFile {
  /** What the runner records as applied, such as `0007` or `20240101_init`. */
  readonly version: string;
  readonly transaction: TransactionMode;
  /** First line of `text` in the file on disk, when `text` is only a part of it. Default 1. */
  readonly firstLine?: number;
  /** What is wrong with its place in the history, when it is under review and that is known. */
  readonly history?: HistoryFault;
  /** True for what the platform brings: it is replayed first, and what it makes is no part of the model. */
  readonly isPrelude?: boolean;
  /** True for what a file of another language declares: a key that is not enforced is then none of the database. */
  readonly isDeclared?: boolean;
  /** The statements that undo this step, when the framework keeps them. Its lines are those of the file on disk. */
  readonly down?: SourceFile;
}

/** `edited`: it was applied with another text · `out of order`: it sorts before `before`, which is applied already. */
export type HistoryFault = { readonly kind: "edited" } | { readonly kind: "out of order"; readonly before: string };
