// Written by `npm run registries`. Do not edit.
import { build } from "./build.ts";
import { coverage } from "./coverage.ts";
import { diff } from "./diff.ts";
import { doctor } from "./doctor.ts";
import { init } from "./init.ts";
import { lint } from "./lint.ts";
import { model } from "./model.ts";
import { review } from "./review.ts";
import { search } from "./search.ts";
import type { Command } from "./command.ts";

/** Every command of the terminal, by file name. */
export const commands: readonly Command[] = [
  build,
  coverage,
  diff,
  doctor,
  init,
  lint,
  model,
  review,
  search,
];
