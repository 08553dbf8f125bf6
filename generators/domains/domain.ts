import type { ObjectId } from "#schemas/object-id.ts";

/** Tables that belong together: what a newcomer reads as one chapter. */
export interface Domain {
  /** Lower-case letters, digits and dashes; unique in a database and part of file names. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Ids of its tables, sorted. Partitions are part of their parent. */
  readonly tables: readonly ObjectId[];
  /** Who says so: a person, the schema they are made in, or what ties the tables together. */
  readonly by: "configuration" | "schema" | "cluster" | "rest";
}
