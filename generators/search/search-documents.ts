import type { Column, EnumType, Routine, SchemaModel, Table, View } from "#schemas/model.ts";
import type { SavedQuery } from "../generator.ts";
import type { SearchDocument } from "./search-index.ts";

export interface SearchInput {
  readonly model: SchemaModel;
  readonly queries: readonly SavedQuery[];
  /** What a person or a writer says about an object, by ObjectId. It stands before the comment of the DDL. */
  readonly descriptions: Readonly<Record<string, string>>;
  /** Aliases of an object and questions it answers, by ObjectId. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/** A document with the words it is found by. */
export interface SearchText {
  readonly document: SearchDocument;
  readonly name: string;
  readonly schema: string;
  readonly columns: readonly string[];
  readonly texts: readonly string[];
}

/** Everything of a model that can be found: tables, views, their columns, enums, functions, saved queries. */
export function searchDocuments(input: SearchInput): SearchText[] {
  const { model } = input;
  const meaning = (object: { id: string; comment?: string }): string =>
    input.descriptions[object.id] ?? object.comment ?? "";
  // A partition is its parent once more: it is found under the parent's name, which also knows the partition's.
  const also = ({ id }: { id: string }): readonly string[] => input.words?.[id] ?? [];
  const relations = [...model.tables.filter(({ partitionOf }) => !partitionOf), ...model.views];
  return [
    ...relations.map((relation) =>
      relationText(relation, meaning, [
        ...partitionsOf(model, relation.id),
        ...also(relation),
        ...relation.columns.flatMap(also),
      ]),
    ),
    ...relations.flatMap((relation) =>
      relation.columns.map((column) => columnText(relation, column, meaning(column), also(column))),
    ),
    ...model.enums.map((type) => enumText(type, meaning(type), also(type))),
    ...model.routines.map((routine) => routineText(routine, meaning(routine), also(routine))),
    ...input.queries.map(queryText),
  ];
}

function partitionsOf({ tables }: SchemaModel, id: string): string[] {
  return tables.filter(({ partitionOf }) => partitionOf?.parent === id).map(({ name }) => name);
}

function relationText(
  relation: Table | View,
  meaning: (object: { id: string; comment?: string }) => string,
  /** Names of partitions, aliases, questions. */
  also: readonly string[],
): SearchText {
  const names = relation.columns.map((column) => column.name);
  const said = meaning(relation);
  return {
    document: {
      kind: relation.kind,
      id: relation.id,
      title: relation.id,
      snippet: said === "" ? shorten(names.join(", ")) : shorten(said),
    },
    name: relation.name,
    schema: relation.schema,
    columns: names,
    texts: [said, ...relation.columns.map(meaning), ...also],
  };
}

function columnText(relation: Table | View, column: Column, said: string, also: readonly string[]): SearchText {
  return {
    document: {
      kind: "column",
      id: column.id,
      title: column.id,
      snippet: shorten(said === "" ? column.type.raw : `${column.type.raw} · ${said}`),
      parent: relation.id,
    },
    name: column.name,
    schema: relation.schema,
    columns: [relation.name],
    texts: [said, ...also],
  };
}

function enumText(type: EnumType, said: string, also: readonly string[]): SearchText {
  return {
    document: { kind: "enum", id: type.id, title: type.id, snippet: shorten(said || type.labels.join(", ")) },
    name: type.name,
    schema: type.schema,
    columns: type.labels,
    texts: [said, ...also],
  };
}

function routineText(routine: Routine, said: string, also: readonly string[]): SearchText {
  const returns = routine.returns === undefined ? "" : ` → ${routine.returns}`;
  return {
    document: {
      kind: "function",
      id: routine.id,
      title: routine.id,
      snippet: shorten(said || `${routine.language} ${routine.variant}${returns}`),
    },
    name: routine.name,
    schema: routine.schema,
    columns: routine.arguments.flatMap((argument) => (argument.name === undefined ? [] : [argument.name])),
    texts: [said, ...also],
  };
}

function queryText(query: SavedQuery): SearchText {
  return {
    document: { kind: "query", id: query.id, title: query.title, snippet: shorten(query.question ?? query.sql) },
    // The question is what a saved query is called by those who ask it.
    name: `${query.title} ${query.question ?? ""}`,
    schema: "",
    columns: query.uses,
    texts: [query.id],
  };
}

/** A line of a result list holds about this many characters. */
const SNIPPET_LENGTH = 160;

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line.length <= SNIPPET_LENGTH) return line;
  const cut = line.lastIndexOf(" ", SNIPPET_LENGTH - 1);
  return `${line.slice(0, cut > 0 ? cut : SNIPPET_LENGTH - 1)}…`;
}
