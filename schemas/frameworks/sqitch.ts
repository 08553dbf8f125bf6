import { engineOfFiles, orphan, readSteps, type Step } from "./steps.ts";
import { joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import { scriptFill } from "./psql-script.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Problem } from "../problem.ts";

/** https://sqitch.org/docs/manual/sqitch/: the plan gives the order, and each script its own transactions. */
export const sqitch: Framework = {
  id: "sqitch",
  title: "Sqitch",
  rule: "the scripts in deploy of each change in sqitch.plan, in its order; of a reworked change first the one with the tag in its name; each script begins its own transactions.",
  kind: "history",
  async detect(folder, listing) {
    const plan = joinPath(folder, PLAN);
    if (!listing.hasFile(plan)) return [];
    const { steps } = await stepsOf(folder, listing);
    if (steps.length === 0) return [];
    const engine = await engineOf(folder, steps, listing);
    return [{ framework: "sqitch", path: folder, engine, score: scores.lock, why: PLAN, files: steps.length }];
  },
  async read({ path, listing, variables, engine }) {
    const { steps, problems } = await stepsOf(path, listing);
    const read = await readSteps({ listing, steps, transaction: () => "none", fill: scriptFill(engine, variables) });
    const taken = new Set(steps.map(({ up }) => up));
    const rest = listing.paths
      .filter((one) => one.startsWith(`${joinPath(path, DEPLOY)}/`) && one.endsWith(".sql") && !taken.has(one))
      .map((one) => orphan(one, "sqitch.plan has no change for it"));
    return { value: read.value, problems: [...problems, ...read.problems, ...rest] };
  },
};

const PLAN = "sqitch.plan";
const DEPLOY = "deploy";

interface Change {
  readonly name: string;
  readonly line: number;
  /** Tags between it and the change that reworks it, in order; all that follow when none does. */
  readonly tags: string[];
  isReworked: boolean;
}

/** Changes of a plan in their order. Lines of `%pragmas`, comments and tags are none. */
function changesOf(plan: string): readonly Change[] {
  const changes: Change[] = [];
  for (const [at, text] of plan.split(/\r?\n/).entries()) {
    const line = text.trim();
    if (line === "" || line.startsWith("#") || line.startsWith("%")) continue;
    // A minus sign would revert a change, which Sqitch does not do yet.
    const [, sign, name = ""] = /^([-+@]?)\s*(\S+)/.exec(line) ?? [];
    const current = changes.filter(({ isReworked }) => !isReworked);
    if (sign === "@") for (const { tags } of current) tags.push(name);
    if (sign !== "") continue;
    for (const change of current) change.isReworked ||= change.name === name;
    changes.push({ name, line: at + 1, tags: [], isReworked: false });
  }
  return changes;
}

async function stepsOf(
  folder: string,
  listing: FileListing,
): Promise<{ readonly steps: readonly Step[]; readonly problems: readonly Problem[] }> {
  const file = joinPath(folder, PLAN);
  const { value, problems } = await listing.read(file);
  const steps: Step[] = [];
  const missing: Problem[] = [];
  for (const change of changesOf(value?.text ?? "")) {
    // Reworking keeps the former script under the name of a tag that came behind it.
    const names = change.isReworked ? change.tags.toReversed().map((tag) => `${change.name}@${tag}`) : [change.name];
    const paths = names.map((name) => ({ name, up: joinPath(folder, `${DEPLOY}/${name}.sql`) }));
    const there = paths.find(({ up }) => listing.hasFile(up));
    if (!there) missing.push(withoutScript(file, change, paths[0]?.up ?? ""));
    else {
      const down = joinPath(folder, `revert/${there.name}.sql`);
      steps.push({ version: there.name, up: there.up, ...(listing.hasFile(down) && { down }) });
    }
  }
  return { steps, problems: [...problems, ...missing] };
}

function withoutScript(file: string, { name, line }: Change, path: string): Problem {
  return {
    code: "QG216",
    severity: "warning",
    message: `the change "${name}" has no script ${path}, so it was not replayed`,
    help: "Commit the script, or take the change out of the plan.",
    origin: { file, line, column: 1 },
    makesIncomplete: true,
  };
}

/** What `engine` of sqitch.conf says, else what the scripts show. */
async function engineOf(folder: string, steps: readonly Step[], listing: FileListing): Promise<string | null> {
  const { value } = await listing.read(joinPath(folder, "sqitch.conf"));
  const named = /^[ \t]*engine[ \t]*=[ \t]*(\w+)/im.exec(value?.text ?? "")?.[1];
  if (named !== undefined) return ENGINES[named.toLowerCase()] ?? named.toLowerCase();
  return await engineOfFiles(
    listing,
    steps.map(({ up }) => up),
  );
}

const ENGINES: Readonly<Record<string, string>> = { pg: "postgres", cockroach: "cockroachdb" };
