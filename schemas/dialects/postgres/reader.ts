import { readModel } from "../../replay/read-model.ts";
import type { DialectReader } from "../reader.ts";

/** The embedded engine runs the files. */
export const postgres: DialectReader = { id: "postgres", readModel };
