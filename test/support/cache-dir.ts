import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where tests keep the empty cluster, so that only the first one pays for making it. */
export const testCacheDir: string = join(
  fileURLToPath(new URL("../../", import.meta.url)),
  "node_modules",
  ".cache",
  "querygenie-test",
);
