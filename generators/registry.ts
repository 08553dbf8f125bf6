// Written by `npm run registries`. Do not edit.
import { docs } from "./docs/docs.ts";
import { erd } from "./erd/erd.ts";
import { fixtures } from "./fixtures/fixtures.ts";
import type { Generator } from "./generator.ts";

/** Every generator, by file name. */
export const generators: readonly Generator[] = [
  docs,
  erd,
  fixtures,
];
