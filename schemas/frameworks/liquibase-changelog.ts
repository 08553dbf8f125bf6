import { addSql, isForEngine, resolvePath, setProperty } from "./liquibase-scope.ts";
import { compareText } from "./order.ts";
import { delimiterOf, FORMATTED, readFormattedSql } from "./liquibase-sql.ts";
import { misshapen, withDelimiter } from "./file-parts.ts";
import { nameOf } from "./listing.ts";
import { readXml } from "./xml-changelog.ts";
import { readYaml } from "./yaml-changelog.ts";
import type { ChangeNode } from "./change-node.ts";
import type { LiquibaseScope } from "./liquibase-scope.ts";
import type { Problem } from "../problem.ts";
import type { SourceFile } from "../source.ts";

/** Reads one changelog and what it includes, in order. A file that includes itself is read once. */
export async function readChangelog(
  path: string,
  scope: LiquibaseScope,
  within: readonly string[] = [],
): Promise<void> {
  const { value: file, problems } = await scope.listing.read(path);
  scope.problems.push(...problems);
  if (!file) return;
  if (/\.sql$/i.test(path)) {
    if (FORMATTED.test(firstLine(file.text))) readFormattedSql(file, scope);
    // A plain script is one changeset.
    else addSql({ path, text: file.text, id: path }, {}, scope);
    return;
  }
  const root = rootOf(file);
  if (!root) {
    const help = "Check that it is well formed and begins with databaseChangeLog.";
    scope.problems.push(misshapen(path, `${nameOf(path)} cannot be read as a changelog`, help));
    return;
  }
  const unread: ChangeNode[] = [];
  await readNodes(root.children, { file, scope, within: [...within, path], unread });
  if (unread.length > 0) scope.problems.push(notSql(path, unread));
}

const firstLine = (text: string): string => text.trimStart().split("\n", 1)[0] ?? "";

function rootOf(file: SourceFile): ChangeNode | undefined {
  const tree = /\.xml$/i.test(file.path) ? readXml(file.text) : readYaml(file.text);
  return tree?.children.find((node) => node.name === "databaseChangeLog");
}

interface Reading {
  readonly file: SourceFile;
  readonly scope: LiquibaseScope;
  readonly within: readonly string[];
  /** Changes that are no SQL. */
  readonly unread: ChangeNode[];
}

async function readNodes(nodes: readonly ChangeNode[], reading: Reading): Promise<void> {
  for (const node of nodes) {
    if (node.name === "property") setProperty(node.attributes, reading.scope);
    else if (node.name === "include" || node.name === "includeAll") await include(node, reading);
    else if (node.name === "changeSet") await readChangeset(node, reading);
  }
}

async function include(node: ChangeNode, { file, scope, within }: Reading): Promise<void> {
  const written = node.attributes["file"] ?? node.attributes["path"] ?? "";
  const isRelative = node.attributes["relativeToChangelogFile"] === "true";
  const place = resolvePath(written, file.path, { isRelative, listing: scope.listing });
  if (place === null) {
    const isOptional =
      node.attributes["errorIfMissing"] === "false" || node.attributes["errorIfMissingOrEmpty"] === "false";
    const help = "Check the path; it is looked for in the folders above the changelog.";
    const problem = misshapen(
      file.path,
      `${nameOf(file.path)} includes ${written}, which does not exist`,
      help,
      node.line,
    );
    if (!isOptional) scope.problems.push(problem);
    return;
  }
  const inside = scope.listing.paths
    .filter((path) => path.startsWith(`${place}/`) && CHANGELOGS.test(path))
    .sort(compareText);
  for (const path of scope.listing.hasFile(place) ? [place] : inside) {
    if (!within.includes(path)) await readChangelog(path, scope, within);
  }
}

const CHANGELOGS = /\.(?:sql|xml|ya?ml|json)$/i;

async function readChangeset(node: ChangeNode, reading: Reading): Promise<void> {
  const { file, scope, unread } = reading;
  if (!isForEngine(node.attributes["dbms"], scope.engine)) return;
  const id = `${file.path}::${node.attributes["id"] ?? ""}::${node.attributes["author"] ?? ""}`;
  for (const change of node.children.flatMap((child) => (child.name === "changes" ? child.children : [child]))) {
    if (NO_CHANGES.has(change.name) || !isForEngine(change.attributes["dbms"], scope.engine)) continue;
    if (change.name === "sql") addSql({ path: file.path, text: sqlOf(change), id }, node.attributes, scope);
    else if (change.name === "sqlFile") await readSqlFile(change, { id, node, reading });
    else unread.push(change);
  }
}

/** Parts of a changeset that change nothing. */
const NO_CHANGES = new Set([
  "comment",
  "empty",
  "modifySql",
  "output",
  "preConditions",
  "rollback",
  "stop",
  "tagDatabase",
  "validCheckSum",
]);

/** The text with as many lines before it as it has in its file. */
function sqlOf(change: ChangeNode): string {
  const text = "\n".repeat(change.textLine - 1) + change.text;
  return withDelimiter(text, delimiterOf(change.attributes["endDelimiter"]));
}

async function readSqlFile(
  change: ChangeNode,
  { id, node, reading: { file, scope } }: { readonly id: string; readonly node: ChangeNode; readonly reading: Reading },
): Promise<void> {
  const written = change.attributes["path"] ?? "";
  const isRelative = change.attributes["relativeToChangelogFile"] === "true";
  const place = resolvePath(written, file.path, { isRelative, listing: scope.listing });
  const read = place === null ? null : await scope.listing.read(place);
  scope.problems.push(...(read?.problems ?? []));
  if (place !== null && read?.value) {
    const text = withDelimiter(read.value.text, delimiterOf(change.attributes["endDelimiter"]));
    addSql({ path: place, text, id }, node.attributes, scope);
  } else if (place === null) {
    const help = "Check the path; it is looked for in the folders above the changelog.";
    scope.problems.push(
      misshapen(file.path, `${nameOf(file.path)} runs ${written}, which does not exist`, help, change.line),
    );
  }
}

function notSql(path: string, changes: readonly ChangeNode[]): Problem {
  const names = [...new Set(changes.map((change) => change.name))].sort(compareText);
  const shown = names.slice(0, SHOWN_NAMES).join(", ") + (names.length > SHOWN_NAMES ? " …" : "");
  return {
    code: "QG209",
    severity: "warning",
    message: `${changes.length} ${changes.length === 1 ? "change" : "changes"} of ${nameOf(path)} are not SQL and were not replayed: ${shown}`,
    help: "Write their SQL to a file (liquibase update-sql > schema.sql) and name it under sources, or commit a dump.",
    origin: { file: path, line: changes[0]?.line ?? 1, column: 1 },
    makesIncomplete: true,
  };
}
const SHOWN_NAMES = 6;
