import { corpusWorld } from "#test/support/corpus-world.ts";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openProject } from "#action/project.ts";
import { createDocs } from "#generators/docs/docs.ts";
import { phraseOf } from "#generators/docs/names.ts";
import { schemaDiagram, type Diagram, type DiagramEdge, type DiagramNode } from "#generators/erd/diagram.ts";
import { layOutInLanes } from "#generators/erd/layout-lanes.ts";
import { TABLES_DRAWN } from "#generators/erd/pictures.ts";
import { compareNatural } from "#schemas/frameworks/order.ts";
import { erd } from "#generators/erd/erd.ts";
import { parseWithMermaid } from "#generators/erd/parse-diagram.ts";
import { MERMAID_CHARACTERS } from "#generators/erd/split-diagram.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import { decodeText } from "#schemas/languages/decode.ts";
import type { Dialect, SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import { columnId } from "#schemas/object-id.ts";
import type { MigrationFile, SourceRef } from "#schemas/source.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";
import { generatorInput } from "#test/support/generator-input.ts";
import { ownElements, readMarkdown } from "#test/support/read-markdown.ts";
import { renamedColumn, type ColumnName } from "#test/support/renamed-column.ts";
import { openElements } from "#test/support/well-formed.ts";

/** Every schema of the corpus that gives a model: layouts that are found by themselves, then files by name. */
const schemas: readonly { readonly folder: string; readonly files?: string; readonly dialect?: Dialect }[] = [
  { folder: "umami" },
  { folder: "authelia" },
  { folder: "svix" },
  { folder: "uaa" },
  { folder: "sim" },
  { folder: "trigger.dev" },
  { folder: "formbricks" },
  { folder: "lago" },
  { folder: "pagila" },
  { folder: "chinook" },
  { folder: "makerkit" },
  { folder: "memos" },
  { folder: "quartz" },
  { folder: "coder", files: "coderd/database/dump.sql" },
  ...["academic", "advising", "geography", "imdb", "restaurants", "scholar", "yelp"].map((name) => ({
    folder: "questions",
    files: `schemas/${name}.sql`,
  })),
  { folder: "authelia", files: "internal/storage/migrations/mysql/*.up.sql", dialect: "mysql" },
  { folder: "mediawiki", files: "**/mysql/**/*.sql", dialect: "mysql" },
  { folder: "phpipam", files: "db/SCHEMA.sql", dialect: "mysql" },
  { folder: "unkey", files: "pkg/mysql/schema/*.sql", dialect: "mysql" },
  { folder: "chinook", files: "ChinookDatabase/DataSources/*MySql*", dialect: "mysql" },
  { folder: "bitwarden", files: "src/Sql/**/Tables/*.sql", dialect: "mssql" },
  { folder: "exceptional", files: "DBScripts/SqlServer.sql", dialect: "mssql" },
  { folder: "chinook", files: "ChinookDatabase/DataSources/Chinook_SqlServer.sql", dialect: "mssql" },
];

async function modelOf(folder: string, files?: string, dialect: Dialect = "postgres"): Promise<SchemaModel> {
  const found = files === undefined ? await filesOf(folder) : namedFiles(folder, files);
  const { model } = await readerOf(dialect).readModel(found, { cacheDir: testCacheDir });
  return model;
}

async function filesOf(folder: string): Promise<readonly MigrationFile[]> {
  const { databases } = await openProject(corpusWorld(folder));
  return databases[0]?.files ?? [];
}

function namedFiles(folder: string, glob: string): readonly MigrationFile[] {
  const paths = globSync(glob, { cwd: join(corpusFolder, folder) });
  return paths
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((path) => {
      const { value } = decodeText(readFileSync(join(corpusFolder, folder, path)), path);
      return { path, text: value ?? "", version: path, transaction: "none" };
    });
}

type Files = ReadonlyMap<string, string>;

/** Pages and pictures. Diagrams are parsed by the test, once, and not on the way. */
async function documents(model: SchemaModel): Promise<Files> {
  const input = generatorInput({ model });
  const made = [await createDocs(() => Promise.resolve(null)).generate(input), await erd.generate(input)];
  return new Map(made.flatMap(({ artifacts }) => artifacts.map(({ path, content }) => [path, String(content)])));
}

/** Columns to rename: the first key that is referred to, a referring one, and one that nothing else names. */
function someColumns(model: SchemaModel): readonly ColumnName[] {
  const index = indexModel(model);
  const [reference] = index.references.filter(({ foreignKey }) => foreignKey.columns.length === 1);
  const [to] = reference?.foreignKey.references.columns ?? [];
  const [from] = reference?.foreignKey.columns ?? [];
  const plain = model.tables
    .toReversed()
    .filter((table) => !table.partitionOf)
    .flatMap((table) => {
      const named = new Set(table.constraints.flatMap(({ columns }) => columns));
      const [column] = table.columns.filter(({ name, inherited }) => !named.has(name) && !inherited);
      return column ? [{ table: table.id, name: column.name }] : [];
    })
    .slice(0, 1);
  return [
    ...(reference && to !== undefined ? [{ table: reference.foreignKey.references.table, name: to }] : []),
    ...(reference && from !== undefined ? [{ table: reference.from.id, name: from }] : []),
    ...plain,
  ];
}

const NEW_NAME = "zz_renamed";

/** As it is written, or in the words of a sentence: `billing_address_id` is a billing address. */
function saysName(text: string, name: string): boolean {
  const words = phraseOf(name).replace(/ (?:ID|IDs|code|key|UUID|number|name)$/, "");
  return text.includes(name) || text.toLowerCase().includes(words.toLowerCase());
}

describe.skipIf(!hasCorpus)("documents of real schemas", () => {
  test.for(schemas.map((one) => ({ title: `${one.folder} ${one.files ?? ""}`.trim(), ...one })))(
    "$title",
    async ({ folder, files, dialect }) => {
      const model = await modelOf(folder, files, dialect);
      expect(model.tables.length).toBeGreaterThan(0);
      const made = await documents(model);

      const again: SchemaModel = JSON.parse(JSON.stringify(model));
      expect(await documents(again)).toEqual(made);

      const broken: string[] = [];
      for (const [path, text] of made) {
        if (path.endsWith(".svg")) broken.push(...wrongPicture(path, text));
        if (path.endsWith(".md")) broken.push(...(await wrongPage(path, text, made)));
      }
      expect(broken).toEqual([]);

      for (const column of someColumns(model)) {
        const after = await documents(renamedColumn(model, column, NEW_NAME));
        const mentions = (path: string) =>
          saysName(made.get(path) ?? "", column.name) || saysName(after.get(path) ?? "", NEW_NAME);
        const changed = [...made.keys()].filter((path) => after.get(path) !== made.get(path));
        expect([...after.keys()]).toEqual([...made.keys()]);
        expect(changed.length).toBeGreaterThan(0);
        expect(changed.filter((path) => !mentions(path))).toEqual([]);
      }
      await checkLayout(model);
      const { artifacts } = await erd.generate(generatorInput({ model: withColumns(model) }));
      const moved = artifacts.filter(({ path, content }) => made.get(path) !== content).map(({ path }) => path);
      expect(moved, "a new column of each table moves nothing").toEqual([]);
    },
  );
});

/** Every table with one more column, which is no part of a key. */
function withColumns(model: SchemaModel): SchemaModel {
  const tables = model.tables.map((table) => {
    const [column] = table.columns.slice(-1);
    const extra = column && {
      ...column,
      name: NEW_NAME,
      id: columnId(table.id, NEW_NAME),
      position: column.position + 1,
    };
    return extra ? { ...table, columns: [...table.columns, extra] } : table;
  });
  return { ...model, tables };
}

/** A picture of fewer tables moves by more than a fifth when one of them does. */
const FEW_TABLES = 6;

/** What a new table refers to: nothing, one table, two of them, the one that most refer to, and itself. */
const shapes: readonly ((around: Around) => readonly string[])[] = [
  () => [],
  ({ one }) => [one],
  ({ one, other }) => [one, other],
  ({ hub }) => [hub],
  ({ hub, one, itself }) => [hub, one, itself],
];

interface Around {
  readonly one: string;
  readonly other: string;
  readonly hub: string;
  readonly itself: string;
}

/** What one more table moves in the pictures of schemas: nothing when it is the newest, else seldom more than a fifth. */
async function checkLayout(model: SchemaModel): Promise<void> {
  const index = indexModel(model);
  for (const schema of new Set(model.tables.map((table) => table.schema))) {
    const before = schemaDiagram(index, schema);
    if (before.nodes.length === 0 || before.nodes.length > TABLES_DRAWN) continue;
    const places = before.nodes.map(({ made }) => made ?? { file: "", line: 0, column: 0 }).sort(byPlace);
    const [last, middle] = [places.at(-1), places[Math.floor(places.length / 2)]];
    if (!last || !middle) continue;
    const between = await sharesMoved(before, middle);
    expect(await sharesMoved(before, { ...last, line: last.line + 1 }), `${schema}: at the end`).toEqual(
      between.map(() => 0),
    );
    expect(await sharesMoved(before, { ...last, file: `${last.file}~later`, line: 1 }), schema).toEqual(
      between.map(() => 0),
    );
    if (before.nodes.length < FEW_TABLES) continue;
    const over = between.filter((share) => share > 0.2).length / between.length;
    expect(over, `${schema}: between others`).toBeLessThanOrEqual(0.2);
  }
}

function byPlace(one: SourceRef, other: SourceRef): number {
  return compareNatural(one.file, other.file) || one.line - other.line;
}

/** For new tables of every shape made at a place, the share of the others that moves. */
async function sharesMoved(before: Diagram, made: SourceRef): Promise<readonly number[]> {
  const { nodes, edges } = before;
  const ids = nodes.map(({ id }) => id);
  const weight = (id: string): number => edges.filter(({ to }) => to === id).length;
  const [hub = ""] = ids.toSorted((a, b) => weight(b) - weight(a));
  const shares: number[] = [];
  for (let number = 0; number < shapes.length; number += 1) {
    const [one = "", other = ""] = [ids[(number * 7919) % ids.length], ids[(number * 104_729 + 1) % ids.length]];
    const id = `public.new_table_${number}`;
    const parents = shapes[number % shapes.length]?.({ one, other, hub, itself: id }) ?? [];
    const node: DiagramNode = { id, name: id, columns: nodes[0]?.columns ?? [], focus: false, made };
    const more = [...new Set(parents)].map((parent) => edgeTo(id, parent));
    shares.push(await moved(before, { ...before, nodes: [...nodes, node], edges: [...edges, ...more] }));
  }
  return shares;
}

function edgeTo(from: string, to: string): DiagramEdge {
  const cardinality = { from: "zero or more", to: "exactly one" } as const;
  return { from, to, columns: ["id"], cardinality, identifying: false };
}

/** The share of the tables before that stand elsewhere after. */
async function moved(before: Diagram, after: Diagram): Promise<number> {
  const [old, now] = [await layOutInLanes(before), await layOutInLanes(after)];
  const places = new Map(now.boxes.map(({ node, x, y }) => [node.id, `${x} ${y}`]));
  return old.boxes.filter(({ node, x, y }) => places.get(node.id) !== `${x} ${y}`).length / old.boxes.length;
}

function wrongPicture(path: string, text: string): readonly string[] {
  const open = openElements(text).map((element) => `${path}: ${element}`);
  return /^<svg [^>]*>\n?<title[^>]*>[^<]+<\/title>/.test(text) ? open : [...open, `${path} has no title`];
}

async function wrongPage(path: string, text: string, all: Files): Promise<readonly string[]> {
  const page = readMarkdown(text);
  const wrong: string[] = [];
  for (const element of page.elements) if (!ownElements.has(element)) wrong.push(`${path}: <${element}>`);
  for (const rows of page.tables) if (new Set(rows).size > 1) wrong.push(`${path}: a table of ${rows.join()} cells`);
  for (const target of page.targets) {
    const whole = `docs/database/${target}`;
    const isInside = !target.startsWith("../") && target !== "json/";
    if (isInside && !all.has(whole)) wrong.push(`${path} links ${target}`);
  }
  for (const diagram of page.diagrams) {
    if (diagram.length >= MERMAID_CHARACTERS) wrong.push(`${path}: a diagram of ${diagram.length} characters`);
    const fault = await parseWithMermaid(diagram);
    if (fault !== null) wrong.push(`${path}: ${fault.split("\n")[0] ?? ""}`);
  }
  return wrong;
}
