import { z } from "zod";
import { cardinalities } from "../keys.ts";
import { namingStrategies } from "../naming-strategies.ts";
import type { Problem } from "../problem.ts";
import { checksShape } from "./lint.ts";
import type { KeyPath, YamlFile } from "./yaml-file.ts";

/** Steps along references that pictures go at most. */
export const MOST_STEPS = 3;
/** Formats of tbls' pictures that are written; `mermaid` stands in the pages. */
const PICTURES: readonly string[] = ["svg", "png", "mermaid"];

type Issue = z.core.$ZodIssue;

/** YAML reads `2024` and `yes` as something else than text; tbls takes them as it is written. */
export const scalar = z.union([
  z.string(),
  z.number().transform((value) => String(value)),
  z.boolean().transform((value) => String(value)),
]);
const texts = z.array(scalar);
const words = z.record(z.string(), scalar);
const flag = z.boolean();
/** Whatever the case of its letters. */
const cardinality = z.preprocess(
  (value) => (typeof value === "string" ? value.toLowerCase() : value),
  z.enum(cardinalities),
);

const comment = z.strictObject({
  table: scalar,
  tableComment: scalar.optional(),
  columnComments: words.optional(),
  columnLabels: z.record(z.string(), texts).optional(),
  indexComments: words.optional(),
  constraintComments: words.optional(),
  triggerComments: words.optional(),
  labels: texts.optional(),
});
const relation = z.strictObject({
  table: scalar,
  columns: texts.min(1),
  parentTable: scalar,
  parentColumns: texts.min(1),
  cardinality: cardinality.optional(),
  parentCardinality: cardinality.optional(),
  def: scalar.optional(),
  override: flag.optional(),
});
const group = z.strictObject({
  name: scalar,
  desc: scalar.optional(),
  tables: texts.optional(),
  labels: texts.optional(),
  color: scalar.optional(),
});
const viewpoint = z.strictObject({
  id: scalar.optional(),
  name: scalar,
  desc: scalar.optional(),
  tables: texts.optional(),
  labels: texts.optional(),
  distance: z.int().min(0).optional(),
  groups: z.array(group).optional(),
});

/** What tbls takes for each key that is read here. Keys beside them are another module's to tell (`tbls-unread.ts`). */
const shape = z
  .object({
    name: scalar,
    desc: scalar,
    docPath: scalar,
    labels: texts,
    include: texts,
    exclude: texts,
    format: z.object({ adjust: flag, sort: flag, number: flag, showOnlyFirstParagraph: flag }).partial(),
    er: z
      .object({
        skip: flag,
        format: scalar,
        comment: flag,
        distance: z.int().min(1),
        showColumnTypes: z.strictObject({ related: flag, primary: flag }).partial(),
      })
      .partial(),
    comments: z.array(comment),
    relations: z.array(relation),
    viewpoints: z.array(viewpoint),
    detectVirtualRelations: z.object({ enabled: flag, strategy: z.enum(namingStrategies) }).partial(),
    dict: words,
    lint: z.strictObject(checksShape).partial(),
    lintExclude: texts,
    disableOutputSchema: flag,
  })
  .partial();

/** Values of another type than tbls takes, keys of entries that nobody knows, and variables: each with its line. */
export function faultsOfTbls(yaml: YamlFile): readonly Problem[] {
  const issues = shape.safeParse(yaml.data, { reportInput: false }).error?.issues ?? [];
  const faults = [
    ...issues.flatMap((issue) => faultsOf(issue, yaml)),
    ...variables(yaml),
    ...unevenRelations(yaml),
    ...heldInPart(yaml),
  ];
  return faults.sort((one, other) => (one.origin?.line ?? 0) - (other.origin?.line ?? 0));
}

function faultsOf(issue: Issue, yaml: YamlFile): readonly Problem[] {
  // An empty value, as in `labels:`, is no value.
  if (valueAt(yaml.data, issue.path) === null) return [];
  if (issue.code !== "unrecognized_keys") return [fault(issue.path, takes(issue), yaml.valueAt(issue.path))];
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    const unknown = fault(path, "it is not known here", yaml.keyAt(path));
    return { ...unknown, severity: "info" } as const;
  });
}

function fault(path: KeyPath, why: string, origin: Problem["origin"]): Problem {
  return {
    code: "QG105",
    severity: "warning",
    message: `"${dotted(path)}" of tbls is not used: ${why}`,
    help: "The rest of the file holds. See docs/guides/from-tbls.md for what is read.",
    ...(origin && { origin }),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys",
  record: "a group of keys",
};

function takes(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `it is to be ${KINDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `it is to be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return "it is to be text";
    case "too_small":
      return issue.origin === "array" ? "the list is empty" : `it is to be at least ${issue.minimum}`;
    default:
      return issue.message;
  }
}

/** A relation that pairs no column with each other is none. */
function unevenRelations(yaml: YamlFile): readonly Problem[] {
  const relations = valueAt(yaml.data, ["relations"]);
  if (!Array.isArray(relations)) return [];
  return relations.flatMap((one: unknown, at) => {
    const { data: read } = relation.safeParse(one);
    if (!read || read.columns.length === read.parentColumns.length) return [];
    const why = `it has ${read.columns.length} columns and ${read.parentColumns.length} parentColumns`;
    return [fault(["relations", at], why, yaml.valueAt(["relations", at]))];
  });
}

/** Values that tbls takes and that hold here in part only. */
function heldInPart(yaml: YamlFile): readonly Problem[] {
  const { data } = yaml;
  const viewpoints = listAt(data, ["viewpoints"]);
  const distances: readonly KeyPath[] = [
    ["er", "distance"],
    ...viewpoints.map((_, at): KeyPath => ["viewpoints", at, "distance"]),
  ];
  const colours = viewpoints.flatMap((_, at) =>
    listAt(data, ["viewpoints", at, "groups"]).map((_group, place): KeyPath => [
      "viewpoints",
      at,
      "groups",
      place,
      "color",
    ]),
  );
  const format = valueAt(data, ["er", "format"]);
  return [
    ...distances
      .filter((path) => Number(valueAt(data, path)) > MOST_STEPS)
      .map((path) => held(path, `is more than the ${MOST_STEPS} steps that pictures go, and counts as ${MOST_STEPS}`)),
    ...colours
      .filter((path) => typeof valueAt(data, path) === "string")
      .map((path) => held(path, "is not drawn: groups have headings, and pictures no frames around them")),
    ...(typeof format === "string" && !PICTURES.includes(format)
      ? [held(["er", "format"], `asks for ${format}, which is not written; pictures are SVG`, "Ask for svg or png.")]
      : []),
  ];

  function held(path: KeyPath, what: string, help = "The rest of the entry holds."): Problem {
    return {
      code: "QG105",
      severity: "info",
      message: `"${dotted(path)}" of tbls ${what}`,
      help,
      origin: yaml.valueAt(path),
    };
  }
}

function listAt(data: unknown, path: KeyPath): readonly unknown[] {
  const value = valueAt(data, path);
  return Array.isArray(value) ? value : [];
}

/** tbls fills in `${NAME}` from the environment; committed files here depend on none. */
function variables(yaml: YamlFile): readonly Problem[] {
  const found: Problem[] = [];
  const visit = (value: unknown, path: KeyPath): void => {
    if (path.length === 1 && (path[0] === "dsn" || path[0] === "baseUrl")) return;
    if (typeof value === "string") {
      const [name] = /\$\{\w+\}/.exec(value) ?? [];
      if (name !== undefined)
        found.push({
          code: "QG105",
          severity: "warning",
          message: `"${dotted(path)}" of tbls has ${name}, which is not filled in`,
          help: "Documents depend on no environment. Write the value, or set the key in querygenie.yml.",
          origin: yaml.valueAt(path),
        });
      return;
    }
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) visit(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  visit(yaml.data, []);
  return found;
}

function valueAt(data: unknown, path: KeyPath): unknown {
  let value = data;
  for (const key of path) value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

/** `comments[2].labels`. */
function dotted(path: KeyPath): string {
  return path
    .map((key, at) => (typeof key === "number" ? `[${key}]` : `${at === 0 ? "" : "."}${String(key)}`))
    .join("");
}
