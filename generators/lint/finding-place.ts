import type { ModelObject } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { SourceSpan } from "#schemas/source.ts";

/** Where an object, or the table it is in, was made; the empty file for one of a running database. */
export function findingPlace(about: ModelObject, index: ModelIndex): SourceSpan {
  const origin = about.origin ?? index.parentOf(about)?.origin;
  const { file, line, column } = origin?.created ?? { file: "", line: 1, column: 1 };
  return { file, line, column, endLine: line, endColumn: column + 1 };
}
