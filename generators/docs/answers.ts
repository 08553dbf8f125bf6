import { hash } from "node:crypto";
import type { Table, View } from "#schemas/model.ts";
import type { Diagram } from "#generators/erd/diagram.ts";
import { digestOf } from "./digest.ts";
import type { DocsContext } from "./docs-context.ts";

/** Answers the questions of traced pages by digests. Whoever is told the same answers writes the same page. */
export interface Answers {
  /** One digest of the answers to all of these, and of the settings that every page is written with. */
  readonly keyOf: (questions: readonly string[]) => string;
}

export interface AnswersInput {
  readonly context: DocsContext;
  /** The diagram on the page of a table or view. */
  readonly diagramOn: (relation: Table | View) => Diagram;
  /** What every page is written with. */
  readonly settings: unknown;
}

/** What is asked about which id. `table columns` of `sales.orders` are the columns of that table. */
export function question(what: string, id: string): string {
  return `${what}\n${id}`;
}

export function answersOf(input: AnswersInput): Answers {
  const known = new Map<string, string>();
  const settings = digestOf(input.settings);

  /** Each question is answered once, however many pages ask it. */
  function answer(asked: string): string {
    const found = known.get(asked);
    if (found !== undefined) return found;
    const at = asked.indexOf("\n");
    const made = digestOf(tell(input, { what: asked.slice(0, at), id: asked.slice(at + 1) }));
    known.set(asked, made);
    return made;
  }

  return { keyOf: (asked) => hash("sha256", [settings, ...asked.map(answer)].join("\n"), "base64url") };
}

interface Asked {
  readonly what: string;
  readonly id: string;
}

function tell({ context, diagramOn }: AnswersInput, { what, id }: Asked): unknown {
  const { index, pages } = context;
  switch (what) {
    case "context":
      return Reflect.get(context, id);
    case "diagram": {
      const relation = index.relation(id);
      return relation && diagramOn(relation);
    }
    case "page":
      return pages.find(id);
    case "page of a table":
      return pages.of("table", id);
    case "page of a view":
      return pages.of("view", id);
    case "chapters":
      return context.chaptersWith(id).map((chapter) => [chapter.id, chapter.title]);
    case "queries":
      return context.queriesUsing([id]);
    case "references from":
      return index.referencesFrom(id).map(({ foreignKey, to }) => [digestOf(foreignKey), to !== undefined]);
    case "references to":
      return index.referencesTo(id).map(({ foreignKey, from }) => [digestOf(foreignKey), from.id]);
    case "partitions":
      return index.partitionsOf(id).map((table) => table.id);
    case "readers":
      return index.viewsReading(id).map((view) => view.id);
    case "sequence":
      return index.sequenceOf(id);
    case "routine":
      return index.routine(id);
    case "enum":
      return index.find("enum", id);
    case "domain":
      return index.find("domain", id);
    default:
      return tellPart(what, index.table(id), index.view(id));
  }
}

/** `table` is whether there is one, `table *` all of it, and `table columns` its columns. */
function tellPart(what: string, table: Table | undefined, view: View | undefined): unknown {
  const [kind, part] = what.split(" ", 2);
  const relation = kind === "view" ? view : table;
  if (part === undefined) return relation !== undefined;
  return part === "*" || !relation ? relation : Reflect.get(relation, part);
}
