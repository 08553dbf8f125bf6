import { codeMigration, duplicates, engineOfFiles, leftovers, readSteps } from "./steps.ts";
import { compareText } from "./order.ts";
import { engineOfWord } from "./engine-name.ts";
import { fillGoTemplates } from "./placeholders.ts";
import { hasMark } from "./evidence.ts";
import { joinPath, nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Step } from "./steps.ts";

/**
 * https://github.com/gobuffalo/pop and https://github.com/ory/x/tree/master/popx. A version may have a file for each
 * engine and one for all others. `.fizz` is a language of its own; templates are Go's.
 */
export const popx: Framework = {
  id: "popx",
  title: "pop and popx",
  rule: "N_name.up.sql by the text of N, the engine's own N_name.postgres.up.sql before the general one; one transaction a file unless its name says .autocommit.",
  kind: "history",
  async detect(folder, listing) {
    const files = filesOf(folder, listing);
    const versions = new Set(files.map((file) => file.version)).size;
    const sql = files.filter((file) => file.up.endsWith(".sql"));
    if (sql.length === 0) return [];
    const why = await evidenceOf(files, listing);
    if (why === null) return [];
    const named = [...new Set(files.flatMap((file) => (file.engine ? [file.engine] : [])))].sort();
    const paths = sql.map((file) => file.up);
    const engines = named.length > 0 ? named : [await engineOfFiles(listing, paths)];
    const found = { framework: "popx", path: folder, score: scores.marker, why, files: versions };
    return engines.map((engine): Detection => ({ ...found, engine }));
  },
  async read({ path, listing, variables, engine }) {
    const files = filesOf(path, listing);
    const chosen = chooseFiles(files, engine);
    const steps = chosen.filter((file) => file.up.endsWith(".sql"));
    const read = await readSteps({
      listing,
      steps,
      transaction: () => "file",
      fill: (file) => fillGoTemplates(file, variables),
    });
    const value = read.value.map((file) =>
      file.path.endsWith(".autocommit.up.sql") ? { ...file, transaction: "none" as const } : file,
    );
    const fizz = chosen.filter((file) => file.up.endsWith(".fizz")).map((file) => codeMigration(file.up));
    const taken = new Set(listing.filesIn(path).filter((name) => NAME.test(name)));
    const why = "its name is not like N_name.up.sql";
    const rest = leftovers({ listing, folder: path, taken, code: /^\d+_.*\.go$/, why, engine });
    return { value, problems: [...read.problems, ...fizz, ...duplicates(steps, compareText), ...rest] };
  },
};

const NAME = /^(\d+)_([^.]+)(\.[a-z0-9]+)?(\.autocommit)?\.(up|down)\.(sql|fizz)$/;

interface PopFile extends Step {
  readonly name: string;
  /** Null for the file of all engines that have none of their own. */
  readonly engine: string | null;
}

function filesOf(folder: string, listing: FileListing): readonly PopFile[] {
  const names = listing.filesIn(folder);
  const known = new Set(names);
  return names.flatMap((file): PopFile[] => {
    const [, version = "", name = "", suffix = "", , direction] = NAME.exec(file) ?? [];
    if (direction !== "up") return [];
    const isForAll = suffix === "" || suffix === ".all" || suffix === ".autocommit";
    const down = file.replace(/\.up\.(\w+)$/, ".down.$1");
    const paired = known.has(down) ? { down: joinPath(folder, down) } : {};
    const engine = isForAll ? null : (engineOfWord(suffix) ?? suffix.slice(1));
    return [{ version, name, engine, up: joinPath(folder, file), ...paired }];
  });
}

/** Of each migration the engine's own file, else the general one. */
function chooseFiles(files: readonly PopFile[], engine: string): readonly PopFile[] {
  const migrations = Map.groupBy(files, (file) => `${file.version}_${file.name}`);
  const chosen = [...migrations.values()].flatMap((some) => {
    const file = some.find((one) => one.engine === engine) ?? some.find((one) => one.engine === null);
    return file ? [file] : [];
  });
  return chosen.sort((a, b) => compareText(a.version, b.version) || compareText(a.up, b.up));
}

async function evidenceOf(files: readonly PopFile[], listing: FileListing): Promise<string | null> {
  const names = files.map((file) => nameOf(file.up));
  if (names.some((name) => name.endsWith(".autocommit.up.sql"))) return "files with .autocommit in their names";
  if (names.some((name) => name.endsWith(".fizz"))) return "migrations in fizz";
  const versions = Map.groupBy(files, (file) => `${file.version}_${file.name}`);
  if ([...versions.values()].some((some) => new Set(some.map((file) => file.engine)).size > 1)) {
    return "several engines' files for one version";
  }
  const isTemplate = await hasMark(listing, files, /\{\{-?\s*index\s+\.Options\b/);
  return isTemplate ? "the templates of pop" : null;
}
