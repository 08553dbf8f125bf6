import { joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { Problem } from "../problem.ts";

/** A framework whose migrations are programs: it is recognised, and its user is told what to give instead. */
export interface CodeFacts {
  readonly id: string;
  readonly title: string;
  /** What the user can give instead. */
  readonly instead: string;
  /** Names of its migrations. */
  readonly name: RegExp;
  /** True when the folder is the framework's, by what lies around its migrations. */
  readonly fits?: (folder: string, listing: FileListing) => boolean;
  /** What the first of them says. */
  readonly mark?: RegExp;
}

export function codeFramework(facts: CodeFacts): Framework {
  return {
    id: facts.id,
    title: facts.title,
    rule: "migrations in code, which cannot be replayed.",
    instead: facts.instead,
    kind: "code",
    async detect(folder, listing) {
      const names = listing.filesIn(folder).filter((name) => facts.name.test(name) && !NO_STEP.test(name));
      const [first] = names;
      if (first === undefined || facts.fits?.(folder, listing) === false) return [];
      if (facts.mark && !facts.mark.test((await listing.read(joinPath(folder, first))).value?.text ?? "")) return [];
      const why = `${names.length} migrations like ${first}`;
      return [{ framework: facts.id, path: folder, engine: null, score: scores.code, why, files: names.length }];
    },
    async read({ path }) {
      return { value: [], problems: [codeProblem(facts, [path], "error")] };
    },
  };
}

const NO_STEP = /\.d\.[cm]?ts$|[._](?:test|spec)\.\w+$/;

/** What to tell of histories in code that nothing readable stands for: one problem for each framework. */
export function codeProblems(
  found: readonly Detection[],
  frameworks: readonly Framework[],
  severity: Problem["severity"],
): readonly Problem[] {
  return frameworks.flatMap((framework) => {
    const folders = found.filter((one) => one.framework === framework.id).map((one) => one.path);
    const { title, instead } = framework;
    return folders.length > 0 && instead !== undefined ? [codeProblem({ title, instead }, folders, severity)] : [];
  });
}

function codeProblem(
  facts: Pick<CodeFacts, "title" | "instead">,
  folders: readonly string[],
  severity: Problem["severity"],
): Problem {
  const shown = folders.slice(0, SHOWN_FOLDERS).join(", ");
  const more = folders.length > SHOWN_FOLDERS ? ` and ${folders.length - SHOWN_FOLDERS} more folders` : "";
  return {
    code: "QG209",
    severity,
    message: `the migrations of ${facts.title} in ${shown}${more} are code and were not replayed`,
    help: facts.instead,
    makesIncomplete: true,
  };
}
const SHOWN_FOLDERS = 3;
