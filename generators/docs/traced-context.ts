import type { Table, View } from "#schemas/model.ts";
import type { ModelIndex, Reference } from "#schemas/model-index.ts";
import { question } from "./answers.ts";
import type { DocsContext } from "./docs-context.ts";

export interface TracedContext {
  readonly context: DocsContext;
  ask(what: string, id: string): void;
  /** Every question so far, each once, in the order in which they were asked first. */
  asked(): readonly string[];
}

/**
 * The context of one page, which notes what is read from it. The same answers make the same page, because the writer
 * has no other way to the model: settings that all pages share are left out, see `sharedSettings`. What no page of a
 * table reads is noted as a question about all of it.
 */
export function tracedContext(context: DocsContext): TracedContext {
  const questions = new Set<string>();
  const ask = (what: string, id: string): void => void questions.add(question(what, id));
  const watch = watcher(ask);
  const { pages } = context;
  const traced: DocsContext = {
    ...context,
    index: tracedIndex(context.index, ask, watch),
    pages: {
      of(kind, id) {
        if (kind === "table" || kind === "view") ask(`page of a ${kind}`, id);
        else ask("context", "model");
        return pages.of(kind, id);
      },
      find(id) {
        ask("page", id);
        return pages.find(id);
      },
    },
    chaptersWith(id) {
      ask("chapters", id);
      return context.chaptersWith(id);
    },
    queriesUsing(ids) {
      for (const id of ids) ask("queries", id);
      return context.queriesUsing(ids);
    },
    get model() {
      ask("context", "model");
      return context.model;
    },
    get queries() {
      ask("context", "queries");
      return context.queries;
    },
    get chapters() {
      ask("context", "chapters");
      return context.chapters;
    },
    get coverage() {
      ask("context", "coverage");
      return context.coverage;
    },
  };
  return { context: traced, ask, asked: () => [...questions] };
}

/** What is the same for every page of a run. */
export function sharedSettings(context: DocsContext): unknown {
  const { descriptions, known, labels, templates, glossary, format, folder, hasPictures } = context;
  const { name, about, topLabels, files } = context;
  const whole = { name, about, topLabels, files, folder, hasPictures, format };
  return { ...whole, descriptions, known, glossary, labels: [...labels], templates: [...templates] };
}

type Ask = TracedContext["ask"];
type Watch = <T extends Table | View>(relation: T) => T;

/** Tables and views that note which of their parts are read. The id and the kind are what they were found by. */
function watcher(ask: Ask): Watch {
  const seen = new WeakMap<object, object>();
  return <T extends Table | View>(relation: T): T => {
    const found = seen.get(relation);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Kept below under the relation that it stands for.
    if (found) return found as T;
    const all = (): void => ask(`${relation.kind} *`, relation.id);
    const watched = new Proxy(relation, {
      get(target, part, receiver) {
        if (typeof part === "symbol") all();
        else if (part !== "id" && part !== "kind") ask(`${target.kind} ${part}`, target.id);
        return Reflect.get(target, part, receiver);
      },
      has(target, part) {
        all();
        return Reflect.has(target, part);
      },
      ownKeys(target) {
        all();
        return Reflect.ownKeys(target);
      },
    });
    seen.set(relation, watched);
    seen.set(watched, watched);
    return watched;
  };
}

function tracedIndex(index: ModelIndex, ask: Ask, watch: Watch): ModelIndex {
  /** Answers that no page of a table needs are not told apart from the model. */
  const all = (): ModelIndex => {
    ask("context", "model");
    return index;
  };
  const watchAll = <T extends Table | View>(relations: readonly T[]): readonly T[] => relations.map(watch);
  const reference = ({ foreignKey, from, to }: Reference): Reference => ({
    foreignKey,
    from: watch(from),
    ...(to && { to: watch(to) }),
  });
  return {
    get model() {
      return all().model;
    },
    get objects() {
      return all().objects;
    },
    get references() {
      return all().references;
    },
    column: (id) => all().column(id),
    parentOf: (object) => all().parentOf(object),
    heirsOf: (id) => all().heirsOf(id),
    columnsOfType: (id) => all().columnsOfType(id),
    triggersCalling: (id) => all().triggersCalling(id),
    find(kind, id) {
      if (kind === "enum" || kind === "domain") ask(kind, id);
      else all();
      return index.find(kind, id);
    },
    table(id) {
      ask("table", id);
      const table = index.table(id);
      return table && watch(table);
    },
    view(id) {
      ask("view", id);
      const view = index.view(id);
      return view && watch(view);
    },
    relation(id) {
      ask("table", id);
      ask("view", id);
      const relation = index.relation(id);
      return relation && watch(relation);
    },
    columnOf: (relation, name) => relation.columns.find((column) => column.name === name),
    referencesFrom(id) {
      ask("references from", id);
      return index.referencesFrom(id).map(reference);
    },
    referencesTo(id) {
      ask("references to", id);
      return index.referencesTo(id).map(reference);
    },
    partitionsOf(id) {
      ask("partitions", id);
      return watchAll(index.partitionsOf(id));
    },
    viewsReading(id) {
      ask("readers", id);
      return watchAll(index.viewsReading(id));
    },
    sequenceOf(column) {
      ask("sequence", column);
      return index.sequenceOf(column);
    },
    routine(id) {
      ask("routine", id);
      return index.routine(id);
    },
  };
}
