import type { ParserOptions, ParserPlugin, ParseResult } from "@babel/parser";
import type { FoundQuery } from "../../review/query.ts";
import { looksLikeQuery, placeOf, type CodeLanguage } from "./code-language.ts";
import { toPositional } from "./placeholders.ts";

/**
 * Tagged templates (`sql`, Prisma's `$queryRaw`) and the first argument of calls that send SQL: pg, postgres.js, mysql2,
 * knex.raw, TypeORM's and Sequelize's `query`. Parsed by Babel, which is JavaScript only and so is part of every bundle.
 */
export const typescript: CodeLanguage = {
  id: "typescript",
  endings: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"],
  async find({ path, text }) {
    if (!mayHoldQuery(text)) return [];
    const { parse } = await import("@babel/parser");
    const found: FoundQuery[] = [];
    const program = parseOrNull(() => parse(text, { ...LENIENT, plugins: pluginsOf(path) }));
    if (program === null) return [];
    visit(program, { path, text, found }, false);
    return found;
  },
};

/** What the code around a query may do that is not our concern. */
const LENIENT: ParserOptions = {
  sourceType: "unambiguous",
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
  attachComment: false,
  errorRecovery: true,
};

function pluginsOf(path: string): ParserPlugin[] {
  const common: ParserPlugin[] = [
    "estree",
    "decorators-legacy",
    "decoratorAutoAccessors",
    "explicitResourceManagement",
  ];
  if (/\.[mc]?ts$/.test(path)) return [...common, "typescript"];
  if (path.endsWith(".tsx")) return [...common, "typescript", "jsx"];
  return [...common, "jsx", "flow"];
}

/** A file that is not this language holds no query that could be found. */
function parseOrNull(parse: () => ParseResult): unknown {
  try {
    return parse().program;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

interface Visit {
  readonly path: string;
  readonly text: string;
  readonly found: FoundQuery[];
}

type Json = Readonly<Record<string, unknown>>;

const TAGS: ReadonlySet<string> = new Set(["sql", "SQL", "$queryRaw", "$executeRaw"]);
const CALLS: ReadonlySet<string> = new Set([
  "query",
  "execute",
  "raw",
  "unsafe",
  "$queryRawUnsafe",
  "$executeRawUnsafe",
]);
const LOOPS: ReadonlySet<string> = new Set([
  "ForStatement",
  "ForOfStatement",
  "ForInStatement",
  "WhileStatement",
  "DoWhileStatement",
]);
const EACH: ReadonlySet<string> = new Set(["map", "forEach", "flatMap"]);

/** Whether parsing can find anything: most files of a repository name no call or tag that sends SQL. */
function mayHoldQuery(text: string): boolean {
  return [...TAGS, ...CALLS].some((name) => text.includes(name));
}

function visit(value: unknown, input: Visit, inLoop: boolean): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, input, inLoop);
    return;
  }
  if (!isNode(value)) return;
  const query = value["type"] === "TaggedTemplateExpression" ? tagged(value, input) : called(value, input);
  if (query) input.found.push({ ...query, source: { ...query.source, inLoop } });
  const isEach = value["type"] === "CallExpression" && EACH.has(nameOf(value["callee"]));
  const within = inLoop || isEach || LOOPS.has(String(value["type"]));
  for (const child of Object.values(value)) if (typeof child === "object") visit(child, input, within);
}

type CodeQuery = FoundQuery & { readonly source: Extract<FoundQuery["source"], { readonly kind: "code" }> };

function tagged({ tag, quasi }: Json, input: Visit): CodeQuery | null {
  if (!TAGS.has(nameOf(tag)) || !isNode(quasi)) return null;
  return toQuery({ node: quasi, caller: dotted(tag), isTagged: true }, input);
}

function called({ type, callee, arguments: args }: Json, input: Visit): CodeQuery | null {
  if (type !== "CallExpression" || !isNode(callee) || callee["type"] !== "MemberExpression") return null;
  if (!CALLS.has(nameOf(callee))) return null;
  const [first]: readonly unknown[] = Array.isArray(args) ? args : [];
  const node = isNode(first) && first["type"] === "ObjectExpression" ? textProperty(first) : first;
  return isNode(node) ? toQuery({ node, caller: dotted(callee), isTagged: false }, input) : null;
}

/** `{ text: "…" }` of pg and `{ sql: "…" }` of mysql2. */
function textProperty({ properties }: Json): unknown {
  const list: readonly unknown[] = Array.isArray(properties) ? properties : [];
  for (const property of list) {
    if (!isNode(property) || !isNode(property["key"])) continue;
    if (["text", "sql"].includes(String(property["key"]["name"]))) return property["value"];
  }
  return null;
}

interface Handed {
  readonly node: Json;
  readonly caller: string;
  /** The driver makes parameters of the template's values. */
  readonly isTagged: boolean;
}

function toQuery({ node, caller, isTagged }: Handed, { path, text }: Visit): CodeQuery | null {
  const parts = textParts(node);
  if (!parts || !looksLikeQuery(parts.texts[0] ?? "")) return null;
  const raw = parts.texts.map((part, at) => (at === 0 ? part : `$${at}${part}`)).join("");
  const hasValues = parts.texts.length > 1;
  const sql = hasValues ? raw : toPositional(raw, "question or name");
  const start = Number(node["start"]) + 1;
  return {
    source: { kind: "code", language: "typescript", caller, interpolated: hasValues && !isTagged, inLoop: false },
    origin: { file: path, ...placeOf(text, start) },
    sql: sql.trimEnd(),
    ...(sql === text.slice(start, start + sql.length) ? {} : { written: text.slice(start, Number(node["end"]) - 1) }),
  };
}

/** The texts between the values of a string, a template or a sum of them; null for anything else. */
function textParts(node: Json): { readonly texts: readonly string[] } | null {
  if (node["type"] === "Literal" && typeof node["value"] === "string") return { texts: [node["value"]] };
  if (node["type"] === "TemplateLiteral" && Array.isArray(node["quasis"])) {
    const quasis: readonly unknown[] = node["quasis"];
    return {
      texts: quasis.map((quasi) => (isNode(quasi) && isNode(quasi["value"]) ? String(quasi["value"]["cooked"]) : "")),
    };
  }
  if (node["type"] !== "BinaryExpression" || node["operator"] !== "+") return null;
  const left = isNode(node["left"]) ? (textParts(node["left"])?.texts ?? ["", ""]) : ["", ""];
  const right = isNode(node["right"]) ? (textParts(node["right"])?.texts ?? ["", ""]) : ["", ""];
  return { texts: [...left.slice(0, -1), `${left.at(-1) ?? ""}${right[0] ?? ""}`, ...right.slice(1)] };
}

/** The last part of `db.sql` or `sql`; empty for anything else. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return "";
  if (node["type"] === "Identifier") return String(node["name"]);
  return node["type"] === "MemberExpression" && node["computed"] !== true ? nameOf(node["property"]) : "";
}

function dotted(node: unknown): string {
  if (!isNode(node) || node["type"] !== "MemberExpression") return nameOf(node);
  const object = nameOf(node["object"]);
  return object === "" ? nameOf(node) : `${object}.${nameOf(node)}`;
}

const isNode = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
