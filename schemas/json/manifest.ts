import { z } from "zod";
import type { Frozen } from "./frozen.ts";

export const MANIFEST_VERSION = 1;

/** SHA-256 in lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** `.querygenie/manifest.json`: which files are ours and from which input they were made. */
export const manifestSchema = z.strictObject({
  version: z.literal(MANIFEST_VERSION),
  /** Version of QueryGenie that wrote the files. */
  tool: z.string(),
  /** Digest of everything the files depend on; an equal one means that there is nothing to do. */
  inputDigest: sha256Schema,
  generators: z.record(
    z.string(),
    // A generator's own version; absent while every release counts as a new one.
    z.strictObject({ version: z.int().min(1).exactOptional(), files: z.record(z.string(), sha256Schema) }),
  ),
});
export type Manifest = Frozen<z.output<typeof manifestSchema>>;

export const manifestExample: Manifest = {
  version: MANIFEST_VERSION,
  tool: "0.1.0",
  inputDigest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  generators: {
    docs: {
      files: {
        "docs/database/README.md": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
        "docs/database/sales.orders.md": "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
      },
    },
  },
};
