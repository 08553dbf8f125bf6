import { OBJECT_PAGE_VERSION, type ObjectPage } from "#schemas/json/object-page.ts";
import { cardinalityOf } from "#schemas/keys.ts";
import type { Table, View } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { columnsNumberedBy } from "./describe-sequence.ts";
import {
  describeColumn,
  describeExtension,
  describeRoutine,
  describeSequence,
  describeTable,
  describeType,
  type Description,
} from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import type { KeptPages } from "./kept-pages.ts";
import { needsOf } from "./known-extensions.ts";
import { freeSequences } from "./page-names.ts";
import { proseText } from "./prose.ts";
import { stableJson } from "./stringify-model.ts";

/** Folder of the objects as data, below the documentation's. */
const FOLDER = "json";

/** Each page's object as a JSON file with the page's name: for agents that need one table and not the whole model. */
export async function objectFiles(context: DocsContext, files: KeptPages): Promise<readonly ObjectFile[]> {
  const { model, pages } = context;
  const tables = model.tables.filter((table) => !table.partitionOf);
  const types = [...model.enums, ...model.domains, ...model.composites, ...model.ranges];
  const made: ObjectFile[] = [];
  for (const relation of [...tables, ...model.views]) {
    const file = `${FOLDER}/${pages.of(relation.kind, relation.id)}.json`;
    const write = (own: DocsContext, one: Table | View) => ({
      content: written(own, withColumns(own, one)),
      isFinal: true,
    });
    made.push([file, await files.fileOf({ file, relation, write })]);
  }
  const others = [
    ...types.map((one) => withText(one, describeType(context, one))),
    ...freeSequences(model).map((one) => withText(one, describeSequence(context, one))),
    ...model.routines.map((one) => withText(one, describeRoutine(context, one))),
    ...model.extensions.map((one) => withText(one, describeExtension(context, one))),
  ];
  for (const one of others)
    made.push([`${FOLDER}/${pages.of(one.object.kind, one.object.id)}.json`, written(context, one)]);
  return made;
}

type ObjectFile = readonly [name: string, content: string | Uint8Array];

function written(context: DocsContext, { object, descriptions }: Told): string {
  const page = `${context.pages.of(object.kind, object.id)}.md`;
  const content: ObjectPage = { version: OBJECT_PAGE_VERSION, page, object, descriptions, ...about(context, object) };
  return stableJson(content);
}

type PageObject = ObjectPage["object"];
type Texts = ObjectPage["descriptions"];

const textOf = ({ prose, source }: Description): Texts[string] => ({ text: proseText(prose), source });

interface Told {
  readonly object: PageObject;
  readonly descriptions: Texts;
}

function withText(object: PageObject, description: Description): Told {
  return { object, descriptions: { [object.id]: textOf(description) } };
}

/** References that no constraint holds are among the table's constraints, and say so. */
function withColumns(context: DocsContext, relation: Table | View): Told {
  const own = [relation.id, textOf(describeTable(context, relation))] as const;
  const columns = relation.columns.map((one) => [one.id, textOf(describeColumn(context, one, relation))] as const);
  return { object: relation, descriptions: Object.fromEntries([own, ...columns]) };
}

function about(context: DocsContext, object: PageObject): Partial<ObjectPage> {
  const { labels, index } = context;
  const inside = object.kind === "table" || object.kind === "view" ? object.columns.map(({ id }) => id) : [];
  const labelled = [object.id, ...inside].flatMap((id) => {
    const own = labels.get(id) ?? [];
    return own.length === 0 ? [] : [[id, own] as const];
  });
  const titles = context.chaptersWith(object.id).map(({ title }) => title);
  const partitions = index
    .partitionsOf(object.id)
    .flatMap(({ id, partitionOf }) => (partitionOf ? [{ id, bound: partitionOf.bound }] : []));
  const used = usersOf(context, object);
  return {
    ...(labelled.length > 0 && { labels: Object.fromEntries(labelled) }),
    ...(titles.length > 0 && { chapters: titles }),
    ...(object.kind === "table" && referrers(context, object.id)),
    ...(used.objects.length + used.queries.length > 0 && { usedBy: used }),
    ...(partitions.length > 0 && { partitions }),
  };
}

function referrers({ index }: DocsContext, id: ObjectId): Pick<ObjectPage, "referencedBy"> {
  const all = index.referencesTo(id).filter(({ from }) => !from.partitionOf);
  if (all.length === 0) return {};
  return {
    referencedBy: all.map((reference) => ({
      table: reference.from.id,
      columns: reference.foreignKey.columns,
      references: reference.foreignKey.references.columns,
      rows: cardinalityOf(index, reference).from,
      checked: reference.foreignKey.enforced !== false && reference.foreignKey.virtual === undefined,
    })),
  };
}

function usersOf(context: DocsContext, object: PageObject): NonNullable<ObjectPage["usedBy"]> {
  const { index } = context;
  const readers = index.viewsReading(object.id).map(({ id }) => id);
  return {
    objects: [...new Set([...readers, ...direct(context, object)])].sort(),
    queries: context
      .queriesUsing([object.id])
      .map(({ path, title, question }) => ({ path, title, ...(question !== undefined && { question }) })),
  };
}

/** Ids of what names the object itself: columns of a type, triggers of a routine, and so on. */
function direct({ index }: DocsContext, object: PageObject): readonly ObjectId[] {
  switch (object.kind) {
    case "sequence":
      return columnsNumberedBy(index, object).map(({ object: column }) => column.id);
    case "routine":
      return index.triggersCalling(object.id).map(({ object: trigger }) => trigger.id);
    case "extension":
      return [...index.model.tables, ...index.model.views].flatMap((relation) => {
        const { columns, indexes } = needsOf(object, relation);
        return [...columns, ...indexes].map(({ id }) => id);
      });
    case "table":
    case "view":
      return [];
    default:
      return index.columnsOfType(object.id).map(({ object: column }) => column.id);
  }
}
