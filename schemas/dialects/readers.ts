import type { Dialect } from "../model.ts";
import { ProblemError } from "../problem.ts";
import { dialectFacts } from "./dialect-facts.ts";
import { markVirtual } from "./mark-virtual.ts";
import { mssql } from "./mssql/reader.ts";
import { mysql } from "./mysql/reader.ts";
import { postgres } from "./postgres/reader.ts";
import type { DialectReader } from "./reader.ts";

const readers: readonly DialectReader[] = [mssql, mysql, postgres];

/** Throws `ProblemError` (exit 2) for a dialect whose files cannot be read yet. */
export function readerOf(dialect: Dialect): DialectReader {
  const found = readers.find(({ id }) => id === dialect);
  if (found) {
    const readModel: DialectReader["readModel"] = async (files, options) =>
      markVirtual(await found.readModel(files, options), files);
    return { ...found, readModel };
  }
  const message = `files in the SQL of ${dialectFacts(dialect).title} cannot be read yet`;
  throw new ProblemError([{ code: "QG305", severity: "error", message }], 2);
}
