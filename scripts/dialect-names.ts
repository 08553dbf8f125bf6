/** Invariant 4: shared code asks for a fact of a dialect (`dialectFacts`), never for its name. Run by `npm run check`. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@babel/parser";

/** A place where a dialect is compared with a name. */
export interface NamedDialect {
  readonly file: string;
  readonly line: number;
}

const rooms = ["schemas", "generators", "action", "app", "site"];
/** What is written for one dialect, or chooses between what is. */
const ALLOWED = /^schemas\/(?:dialects|languages\/sql|replay)\//;
const TESTS = /\.test\.tsx?$|\/__fixtures__\//;

/** Reads every TypeScript file of the rooms below `root`; throws where one cannot be parsed. */
export function dialectNames(root: string): {
  readonly files: number;
  readonly found: readonly NamedDialect[];
} {
  const files = rooms
    .flatMap((room) => globSync(`${room}/**/*.{ts,tsx}`, { cwd: root }))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.includes("node_modules/") && !file.endsWith(".d.ts"))
    .filter((file) => !ALLOWED.test(file) && !TESTS.test(file));
  const found = files.sort().flatMap((file) => namedIn(file, readFileSync(join(root, file), "utf8")));
  return { files: files.length, found };
}

function namedIn(file: string, text: string): readonly NamedDialect[] {
  const plugins: ("typescript" | "jsx")[] = file.endsWith("x") ? ["typescript", "jsx"] : ["typescript"];
  const found: NamedDialect[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isNode(node)) return;
    if (comparesDialect(node)) found.push({ file, line: node.loc?.start.line ?? 0 });
    Object.values(node).forEach(visit);
  };
  visit(parse(text, { sourceType: "module", plugins }).program);
  return found;
}

type Node = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number } };
};

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

const COMPARISONS: ReadonlySet<unknown> = new Set(["===", "!==", "==", "!="]);

/** `dialect === "mysql"`, `"mysql" !== model.dialect`, `switch (dialect) { case "mysql": }`. */
function comparesDialect(node: Node): boolean {
  if (node.type === "SwitchStatement") return isDialect(node["discriminant"]);
  if (node.type !== "BinaryExpression" || !COMPARISONS.has(node["operator"])) return false;
  const { left, right } = node;
  return (isDialect(left) && isText(right)) || (isText(left) && isDialect(right));
}

function isDialect(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === "Identifier") return /dialect$/i.test(String(node["name"]));
  if (node.type === "MemberExpression" || node.type === "OptionalMemberExpression") return isDialect(node["property"]);
  return false;
}

const isText = (node: unknown): boolean => isNode(node) && node.type === "StringLiteral";

if (import.meta.main) {
  const { files, found } = dialectNames(process.cwd());
  for (const { file, line } of found) console.log(`${file}:${line} compares a dialect with a name`);
  console.log(`${files} files read, ${found.length} comparisons`);
  process.exitCode = found.length > 0 || files === 0 ? 1 : 0;
}
