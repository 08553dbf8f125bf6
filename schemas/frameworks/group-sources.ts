import { compareText } from "./order.ts";
import { folderOf, isWithin } from "./listing.ts";
import { frameworks } from "./registry.ts";
import { sourceIds } from "./source-id.ts";
import type { ChosenInput, DetectedSource } from "./detect-sources.ts";
import type { Detection, Framework } from "./framework.ts";
import type { MigrationFile } from "../source.ts";
import type { Problem, WithProblems } from "../problem.ts";

interface Group {
  readonly main: Detection;
  readonly alternates: readonly Detection[];
  readonly problems: readonly Problem[];
}

/** Puts the readings of one database together and chooses among them. */
export async function groupByDatabase(
  input: ChosenInput & { readonly chosen: readonly Detection[]; readonly others: readonly Detection[] },
): Promise<WithProblems<readonly DetectedSource[]>> {
  const histories = await byPlace(
    input,
    (one) => kindOf(one) === "history",
    (one) => one.path,
  );
  const dumps = await byPlace(
    input,
    (one) => kindOf(one) === "dump" || kindOf(one) === "declared",
    (one) => folderOf(one.path),
  );
  const groups: Group[] = [];
  const taken = new Set<Group>();
  for (const history of histories) {
    const beside = dumps.filter((dump) => nearest(dump.main, histories) === history);
    for (const dump of beside) taken.add(dump);
    groups.push(await choose(history, beside, input));
  }
  const alone = dumps.filter((dump) => !taken.has(dump));
  // A drawing in DBML is a database of its own only where nothing else is.
  const hasMore = groups.length > 0 || alone.some(({ main }) => main.framework !== "dbml");
  groups.push(...(hasMore ? alone.filter(({ main }) => main.framework !== "dbml") : alone));
  const ids = sourceIds(groups.map((group) => group.main.path));
  const value = groups.map((group, index) => ({
    ...group.main,
    id: ids[index] ?? "main",
    alternates: group.alternates,
    variants: variantsOf(group.main, input.others),
  }));
  value.sort((a, b) => b.score - a.score || compareText(a.path, b.path));
  return { value, problems: groups.flatMap((group) => group.problems) };
}

/** The best reading of each place. Equal scores ask only when the readings differ. */
async function byPlace(
  input: ChosenInput & { readonly chosen: readonly Detection[] },
  isWanted: (one: Detection) => boolean,
  placeOf: (one: Detection) => string,
): Promise<readonly Group[]> {
  const places = Map.groupBy(input.chosen.filter(isWanted), placeOf);
  return Promise.all(
    [...places].map(async ([place, found]) => {
      const [main, ...alternates] = found;
      if (!main) throw new Error(`nothing was found in ${place}`);
      const rivals = alternates.filter((one) => one.score === main.score);
      const differ = await Promise.all(rivals.map((rival) => readsDifferently(main, rival, input)));
      const asked = rivals.filter((_, index) => differ[index]);
      return { main, alternates, problems: asked.length > 0 ? [question(place, [main, ...asked])] : [] };
    }),
  );
}

async function readsDifferently(one: Detection, other: Detection, input: ChosenInput): Promise<boolean> {
  const [left, right] = await Promise.all([readOf(one, input), readOf(other, input)]);
  const shape = (files: readonly MigrationFile[]): string =>
    JSON.stringify(files.map((file) => [file.path, file.transaction, file.text]));
  return shape(left.value) !== shape(right.value);
}

/**
 * The history wins while it is whole: only its objects know the step that made them. A dump wins over a history that
 * has steps in code or builds on objects it does not create.
 */
async function choose(history: Group, dumps: readonly Group[], input: ChosenInput): Promise<Group> {
  const readings = dumps.flatMap((dump) => [dump.main, ...dump.alternates]).sort((a, b) => b.score - a.score);
  const [best] = readings;
  if (!best) return history;
  const { problems } = await readOf(history.main, input);
  const lacks = problems.find((problem) => problem.makesIncomplete);
  const isDeclared = kindOf(best) === "declared";
  const isWhole = isDeclared || (!lacks && frameworkOf(history.main)?.needsBaseline !== true);
  const asked = [...history.problems, ...dumps.flatMap((dump) => dump.problems)];
  if (isWhole) {
    const why = isDeclared
      ? "the migrations are what the database has, and they name the step that made each object"
      : "it is whole and names the step that made each object";
    const note = chosen(history.main, best, why);
    return { main: history.main, alternates: [...readings, ...history.alternates], problems: [...asked, note] };
  }
  const why = lacks ? lacks.message : "such a history builds on objects that no file creates";
  const note = chosen(best, history.main, `the history is not whole: ${why}`);
  const alternates = [...readings.slice(1), history.main, ...history.alternates];
  return { main: best, alternates, problems: [...asked, note] };
}

/** The history a dump belongs to: above or below it, or beside it; the one with the longest shared path. */
function nearest(dump: Detection, histories: readonly Group[]): Group | null {
  let best: Group | null = null;
  let longest = -1;
  for (const history of histories) {
    const place = folderOf(dump.path);
    const home = folderOf(history.main.path);
    // A drawing may lie anywhere; of one history it is the drawing.
    const isDrawing = dump.framework === "dbml" && histories.length === 1;
    const related = isDrawing || isWithin(history.main.path, place) || isWithin(place, home);
    const shared = sharedDepth(place, history.main.path);
    if (related && shared > longest) [best, longest] = [history, shared];
  }
  return best;
}

function sharedDepth(left: string, right: string): number {
  const a = left.split("/");
  const b = right.split("/");
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs === -1 ? a.length : differs;
}

/** The same layout for another engine: its path differs in one part, or lies inside this one. */
function variantsOf(main: Detection, others: readonly Detection[]): readonly Detection[] {
  const parts = main.path.split("/");
  return others.filter((one) => {
    if (one.framework !== main.framework) return false;
    const theirs = one.path.split("/");
    const differ = theirs.filter((part, index) => part !== parts[index]).length;
    return (theirs.length === parts.length && differ === 1) || isWithin(one.path, main.path);
  });
}

function kindOf(one: Detection): Framework["kind"] | undefined {
  return frameworkOf(one)?.kind;
}

function frameworkOf(one: Detection): Framework | undefined {
  return frameworks.find((framework) => framework.id === one.framework);
}

async function readOf(one: Detection, input: ChosenInput): Promise<WithProblems<readonly MigrationFile[]>> {
  const framework = frameworkOf(one);
  if (!framework) return { value: [], problems: [] };
  return framework.read({ path: one.path, listing: input.listing, variables: {}, engine: input.engine });
}

function question(place: string, rivals: readonly Detection[]): Problem {
  const readings = rivals.map((one) => `${one.framework} (${one.path})`).join(" and ");
  return {
    code: "QG112",
    severity: "warning",
    message: `${place || "the root"} fits several layouts equally well: ${readings}; the first was taken`,
    help: `Write the right one in querygenie.yml: sources: [{ path: ${rivals[0]?.path ?? "."}, framework: … }].`,
  };
}

function chosen(main: Detection, other: Detection, why: string): Problem {
  return {
    code: "QG217",
    severity: "info",
    message: `${main.path} was read and ${other.path} was kept for comparison: ${why}`,
    help: "Name the one you want under sources in querygenie.yml.",
  };
}
