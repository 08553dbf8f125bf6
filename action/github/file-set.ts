/** Files that a commit writes and removes. Paths are relative to the repository's root. */
export interface FileSet {
  readonly additions: readonly { readonly path: string; readonly content: Uint8Array }[];
  readonly deletions: readonly string[];
}

export const isEmpty = ({ additions, deletions }: FileSet): boolean => additions.length + deletions.length === 0;

/**
 * GitHub's API times out or answers 502 on commits of some hundred files or some megabytes; what is larger goes by git.
 * Seen at 150 to 250 files or 2.5 MB inline by several projects.
 */
export const fitsTheApi = ({ additions, deletions }: FileSet): boolean =>
  additions.length + deletions.length <= MOST_FILES && bytesOf(additions) <= MOST_BYTES;

const MOST_FILES = 100;
const MOST_BYTES = 2_000_000;

const bytesOf = (files: FileSet["additions"]): number =>
  files.reduce((sum, { content }) => sum + content.byteLength, 0);
