import { compareText } from "./order.ts";
import { duplicates, leftovers, readSteps } from "./steps.ts";
import { folderOf, joinPath, nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import { supabasePrelude } from "./supabase-prelude.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Step } from "./steps.ts";

/** https://supabase.com/docs/guides/deployment/database-migrations: a file is one batch, so an implicit transaction. */
export const supabase: Framework = {
  id: "supabase",
  title: "Supabase CLI",
  rule: "supabase/migrations/N_name.sql by file name, after the objects of the platform; each file is one transaction.",
  kind: "history",
  prelude: {
    path: "supabase platform",
    version: "supabase platform",
    transaction: "none",
    text: supabasePrelude,
    isPrelude: true,
  },
  async detect(folder, listing) {
    const home = folderOf(folder);
    const isConfigured = listing.hasFile(joinPath(home, "config.toml"));
    if (nameOf(folder) !== "migrations" || nameOf(home) !== "supabase") return [];
    const files = stepsOf(folder, listing).length;
    if (files === 0) return [];
    const why = isConfigured ? "config.toml beside supabase/migrations" : "a folder supabase/migrations";
    const score = isConfigured ? scores.lock : scores.marker;
    return [{ framework: "supabase", path: folder, engine: "postgres", score, why, files }];
  },
  async read({ path, listing, engine }) {
    const steps = stepsOf(path, listing);
    const fill = <T>(value: T): { value: T; problems: readonly never[] } => ({ value, problems: [] });
    const read = await readSteps({ listing, steps, transaction: () => "file", fill });
    const taken = new Set(listing.filesIn(path).filter((name) => NAME.test(name)));
    const why = "its name is not like N_name.sql";
    const rest = leftovers({ listing, folder: path, taken, code: /^$/, why, engine });
    return { value: read.value, problems: [...read.problems, ...duplicates(steps, compareText), ...rest] };
  },
};

const NAME = /^(\d+)_.*\.sql$/;

/** Until this day the command wrote the platform's own objects into a first file, which it has skipped ever since. */
const PLATFORM_INIT = /^(\d{14})_init\.sql$/;
const PLATFORM_DAY = "20211209000000";

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  const names = listing.filesIn(folder).filter((name) => NAME.test(name));
  const [first = "", ...later] = names.sort(compareText);
  const init = PLATFORM_INIT.exec(first)?.[1];
  const applied = init !== undefined && init < PLATFORM_DAY ? later : names;
  return applied.map((name) => ({ version: NAME.exec(name)?.[1] ?? "", up: joinPath(folder, name) }));
}
