import type { Artifact } from "#schemas/ports.ts";

/** What publishing did, or would do; paths sorted. */
export interface Published {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** Brings artifacts to where the users read them. One call is one change: all of it lands, or none. */
export interface Publisher {
  /** `owned` are the paths of the last run; those that are no longer made are removed. */
  publish(artifacts: readonly Artifact[], owned: readonly string[]): Promise<Published>;
}

export const isChanged = ({ written, removed }: Published): boolean => written.length > 0 || removed.length > 0;
