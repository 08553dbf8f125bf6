/** What a file of a former run was made from. */
export interface MadeFrom {
  /** The questions whose answers went into it; empty when the key says it all. */
  readonly asked: readonly string[];
  /** Equal keys are equal contents. */
  readonly key: string;
}

/** Files of a former run that need not be made again. Losing them costs time only. */
export interface KeptFiles {
  /**
   * The file as it lies in the repository, when a former run made it and `keyOf` what it asked then gives the same key
   * now; undefined otherwise, also when the file was changed or removed since. `path` is relative to the repository's root.
   */
  take(path: string, keyOf: (asked: readonly string[]) => string): Uint8Array | undefined;
  /** The file of a former run whatever it was made from; undefined when it was changed or removed since. */
  former(path: string): { readonly asked: readonly string[]; readonly content: Uint8Array } | undefined;
  keep(path: string, made: MadeFrom & { readonly content: string | Uint8Array }): void;
}
