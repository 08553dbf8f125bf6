import { z } from "zod";
import { dialectFacts } from "../dialects/dialect-facts.ts";
import { cardinalities } from "../keys.ts";
import type { Dialect } from "../model.ts";
import { namingStrategies } from "../naming-strategies.ts";
import { objectId } from "../object-id.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { ConfigInput } from "./schema.ts";
import { faultsOfTbls, MOST_STEPS, scalar } from "./tbls-faults.ts";
import { defined, viewpointsOfTbls } from "./tbls-viewpoints.ts";
import { unreadOfTbls } from "./tbls-unread.ts";
import { checksShape } from "./lint.ts";
import { parseYaml } from "./yaml-file.ts";
import type { YamlFile } from "./yaml-file.ts";

type DatabaseInput = ConfigInput["databases"][number];

/** What an existing tbls configuration says in our words; below what our own configuration says. */
export interface TblsConfig {
  readonly path: string;
  readonly top: Pick<ConfigInput, "name" | "description" | "labels" | "docs" | "erd" | "lint"> & {
    /** Folder of the documents. */
    readonly docsFolder: string;
  };
  /** tbls knows one database. Its names need the dialect: one without a schema means the default one. */
  database(dialect: Dialect): TblsDatabase;
}
export type TblsDatabase = Pick<
  DatabaseInput,
  "descriptions" | "include" | "ignore" | "labels" | "relations" | "detectRelations" | "viewpoints"
> & { readonly descriptions: Readonly<Record<string, string>> };

/** Where tbls writes when nothing else is said. */
const DEFAULT_FOLDER = "dbdoc";

/** A value of another kind than tbls takes is passed over, as what this version of tbls does not know is. */
const text = scalar.optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const texts = z.array(scalar).optional().catch(undefined);
const textMap = z.record(z.string(), scalar).optional().catch(undefined);
const cardinality = z
  .preprocess((value) => (typeof value === "string" ? value.toLowerCase() : value), z.enum(cardinalities))
  .optional()
  .catch(undefined);

const comment = z.object({
  table: scalar,
  tableComment: text,
  columnComments: textMap,
  indexComments: textMap,
  constraintComments: textMap,
  triggerComments: textMap,
  labels: texts,
  columnLabels: z.record(z.string(), z.array(scalar)).optional().catch(undefined),
});
const relation = z.object({
  table: scalar,
  columns: z.array(scalar).min(1),
  parentTable: scalar,
  parentColumns: z.array(scalar).min(1),
  cardinality,
  parentCardinality: cardinality,
  def: text,
  override: flag,
});
/** Entries are read one by one, so that a wrong one costs itself. */
const entries = z.array(z.unknown()).optional().catch(undefined);

const tblsSchema = z.object({
  name: text,
  desc: text,
  docPath: text,
  labels: texts,
  include: texts,
  exclude: texts,
  format: z
    .object({ adjust: flag, sort: flag, number: flag, showOnlyFirstParagraph: flag })
    .optional()
    .catch(undefined),
  er: z
    .object({
      skip: flag,
      format: text,
      comment: flag,
      distance: z.int().min(1).optional().catch(undefined),
      showColumnTypes: z.object({ related: flag, primary: flag }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  comments: entries,
  relations: entries,
  viewpoints: entries,
  detectVirtualRelations: z
    .object({ enabled: flag, strategy: z.enum(namingStrategies).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  dict: textMap,
  lint: z.record(z.string(), z.unknown()).optional().catch(undefined),
  lintExclude: texts,
  disableOutputSchema: flag,
});
const checkEntries: readonly (readonly [string, z.ZodType])[] = Object.entries(checksShape);
type Tbls = z.output<typeof tblsSchema>;

/** Reads `.tbls.yml`, so that a tbls user changes nothing. What has no counterpart is reported, not refused. */
export function parseTbls(source: string, path: string): WithProblems<TblsConfig | null> {
  const { value: yaml, problems } = parseYaml(source, path);
  if (!yaml) return { value: null, problems };
  const parsed = tblsSchema.safeParse(yaml.data ?? {});
  if (!parsed.success) return { value: null, problems: [noMap(yaml)] };
  const value: TblsConfig = {
    path,
    top: topOf(parsed.data),
    database: (dialect) => databaseOf(parsed.data, dialect),
  };
  return { value, problems: [...unreadOfTbls(yaml), ...faultsOfTbls(yaml)] };
}

function topOf({
  name,
  desc,
  docPath,
  labels,
  format,
  er,
  dict,
  lint,
  lintExclude,
  disableOutputSchema,
}: Tbls): TblsConfig["top"] {
  const columns =
    er?.showColumnTypes && (er.showColumnTypes.related || er.showColumnTypes.primary) ? "keys" : undefined;
  return {
    docsFolder: (docPath ?? DEFAULT_FOLDER).replace(/^\.\//, "").replace(/\/+$/, ""),
    ...(name !== undefined && { name }),
    ...(desc !== undefined && { description: desc }),
    ...(labels && { labels }),
    docs: {
      ...(format?.adjust !== undefined && { align: format.adjust }),
      ...(format?.sort !== undefined && { sort: format.sort }),
      ...(format?.number !== undefined && { numbers: format.number }),
      ...(format?.showOnlyFirstParagraph !== undefined && { firstParagraph: format.showOnlyFirstParagraph }),
      ...(dict && { words: dict }),
      ...(disableOutputSchema === true && { tbls: false }),
    },
    erd: {
      ...(er?.skip !== undefined && { enabled: !er.skip }),
      ...(er?.format !== undefined && { formats: pictureFormats(er.format) }),
      ...(er?.comment !== undefined && { comments: er.comment }),
      ...(er?.distance !== undefined && { distance: Math.min(er.distance, MOST_STEPS) }),
      ...(columns && { columns }),
    },
    lint: { ...checksOf(lint), ...(lintExclude && { exclude: lintExclude }) },
  };
}

/** tbls' checks are off unless they are enabled, ours are on where they are named. */
function checksOf(lint: Readonly<Record<string, unknown>> = {}): NonNullable<ConfigInput["lint"]> {
  const found = Object.entries(lint).flatMap(([name, settings]) => {
    const known = checkEntries.find(([id]) => id === name)?.[1];
    const parsed = known && readCheck(known, settings);
    const isEnabled = typeof settings === "object" && settings !== null && Reflect.get(settings, "enabled") === true;
    return parsed?.success && parsed.data ? [[name, { ...parsed.data, enabled: isEnabled }] as const] : [];
  });
  return Object.fromEntries(found);
}

/** A key that the check does not have, or whose value is of another type, costs itself and not the check. */
function readCheck(check: z.ZodType, settings: unknown) {
  const parsed = check.safeParse(settings);
  if (parsed.success || typeof settings !== "object" || settings === null) return parsed;
  const wrong = new Set<PropertyKey>(
    parsed.error.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : issue.path.slice(0, 1))),
  );
  return check.safeParse(Object.fromEntries(Object.entries(settings).filter(([key]) => !wrong.has(key))));
}

/** Mermaid stands in the pages whatever is asked for, and pages link an SVG; who asks for PNG gets it as well. */
function pictureFormats(format: string): ("svg" | "png")[] {
  if (format === "mermaid") return [];
  return format === "png" ? ["svg", "png"] : ["svg"];
}

function databaseOf(tbls: Tbls, dialect: Dialect): TblsDatabase {
  const idOf = (table: string, ...rest: readonly string[]): string => {
    const parts = table.includes(".") ? table.split(".") : [dialectFacts(dialect).defaultSchema, table];
    return objectId(...parts, ...rest);
  };
  const { include, exclude, relations = [], viewpoints = [], detectVirtualRelations: detect } = tbls;
  return {
    ...commentsOf(tbls.comments ?? [], idOf),
    ...(include && { include }),
    ...(exclude && { ignore: exclude }),
    relations: relations.flatMap((one) => {
      const { data } = relation.safeParse(one);
      if (!data || data.columns.length !== data.parentColumns.length) return [];
      const { def, ...rest } = data;
      const ids = { table: idOf(data.table), parentTable: idOf(data.parentTable) };
      return [{ ...defined(rest), ...ids, ...(def !== undefined && { description: def }) }];
    }),
    ...(detect && { detectRelations: defined(detect) }),
    viewpoints: viewpointsOfTbls(viewpoints),
  };
}

function commentsOf(
  comments: readonly unknown[],
  idOf: (table: string, ...rest: readonly string[]) => string,
): Pick<TblsDatabase, "descriptions" | "labels"> {
  const found = new Map<string, string>();
  const labels: Record<string, string[]> = {};
  for (const entry of comments) {
    const { data } = comment.safeParse(entry);
    if (!data) continue;
    if (data.tableComment) found.set(idOf(data.table), data.tableComment);
    const { columnComments, indexComments, constraintComments, triggerComments } = data;
    for (const map of [columnComments, indexComments, constraintComments, triggerComments]) {
      for (const [name, words] of Object.entries(map ?? {})) found.set(idOf(data.table, name), words);
    }
    if (data.labels) label(idOf(data.table), data.labels);
    for (const [name, own] of Object.entries(data.columnLabels ?? {})) label(idOf(data.table, name), own);
  }
  return { descriptions: Object.fromEntries(found), labels };

  /** A second entry about a table adds to the first. */
  function label(id: string, own: readonly string[]): void {
    labels[id] = [...new Set([...(labels[id] ?? []), ...own])];
  }
}

function noMap(yaml: YamlFile): Problem {
  return {
    code: "QG103",
    severity: "error",
    message: `${yaml.path} must be a group of keys`,
    help: "Remove the file, or restore it from git.",
    origin: yaml.valueAt([]),
  };
}
