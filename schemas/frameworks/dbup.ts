import { compareText } from "./order.ts";
import { engineOfFiles, readSteps } from "./steps.ts";
import { mentionedAbove, namedSteps } from "./evidence.ts";
import { nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Fill, Step } from "./steps.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { Variables } from "./placeholders.ts";

/**
 * https://dbup.readthedocs.io: scripts embedded in a .NET project, by name as text. Batches end at GO; the runner opens
 * no transaction unless its code asks for one.
 */
export const dbup: Framework = {
  id: "dbup",
  title: "DbUp",
  rule: "the numbered or dated .sql files of a .NET project that uses DbUp, by name as text; no transaction around a file.",
  kind: "history",
  async detect(folder, listing) {
    const steps = stepsOf(folder, listing).filter((step) => /^\d/.test(step.version));
    if (steps.length === 0) return [];
    const name = /\.(?:cs|fs|vb)proj$/;
    const isReferenced = await mentionedAbove({ folder, listing, name, mark: /Include\s*=\s*"dbup/i });
    if (!isReferenced && nameOf(folder) !== "DbScripts") return [];
    const engine = await engineOfFiles(
      listing,
      steps.map((step) => step.up),
    );
    const why = isReferenced ? "scripts of a project that uses DbUp" : "a folder DbScripts";
    const score = scores.pattern + (isReferenced ? 15 : 5);
    return [{ framework: "dbup", path: folder, engine, score, why, files: steps.length }];
  },
  async read({ path, listing, variables }) {
    const steps = stepsOf(path, listing);
    return readSteps({ listing, steps, transaction: () => "none", fill: fillDollars(variables) });
  },
};

function stepsOf(folder: string, listing: FileListing): readonly Step[] {
  return namedSteps({ folder, listing, name: /^(.+)\.sql$/i, compare: (a, b) => compareText(a.up, b.up) });
}

/** `$Name$` is also how PostgreSQL begins a text, so that only names with a value are taken for placeholders. */
function fillDollars(variables: Variables): Fill {
  return (file) => {
    const text = file.text.replaceAll(/\$(\w+)\$/g, (match, name: string) =>
      Object.hasOwn(variables, name) ? (variables[name] ?? match) : match,
    );
    return { value: { ...file, text }, problems: [] };
  };
}
