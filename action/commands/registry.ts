// Written by `npm run registries`. Do not edit.
import { build } from "./build.ts";
import { coverage } from "./coverage.ts";
import { diff } from "./diff.ts";
import { doctor } from "./doctor.ts";
import { explain } from "./explain.ts";
import { init } from "./init.ts";
import { lint } from "./lint.ts";
import { model } from "./model.ts";
import { query } from "./query.ts";
import { review } from "./review.ts";
import { search } from "./search.ts";
import { seed } from "./seed.ts";
import { serve } from "./serve.ts";
import { site } from "./site.ts";
import type { Command } from "./command.ts";

/** Every command of the terminal, by file name. */
export const commands: readonly Command[] = [
  build,
  coverage,
  diff,
  doctor,
  explain,
  init,
  lint,
  model,
  query,
  review,
  search,
  seed,
  serve,
  site,
];
