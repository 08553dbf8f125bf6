import { proseMarkdown, proseText } from "#generators/docs/prose.ts";
import { codeBlock, codeCell, codeSpan, escapeLine, escapeParagraphs, link } from "#generators/markdown/escape.ts";
import type { SiteDescription } from "#generators/site-data/contract.ts";
import type { Catalog, Reference } from "./catalog.ts";
import { enumPage, functionPage, type EnumPage, type FunctionPage } from "./other-pages.ts";
import { relationPage, type RelationPage } from "./relation-page.ts";
import type { Place } from "./source-place.ts";

/** A page's facts as files for programs, beside the page: `tables/sales/orders.md` and `.json`. */
export interface PageTwin {
  /** Path without its ending. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly markdown: string;
  /** Version 1: what the page shows, without pictures and without what it has not. Keys may be added. */
  readonly json: Readonly<Record<string, unknown>>;
}

export function pageTwins(catalog: Catalog): PageTwin[] {
  const { model } = catalog;
  return [
    ...[...model.tables, ...model.views].map((relation) => relationTwin(catalog, relationPage(catalog, relation))),
    ...model.enums.map((type) => enumTwin(enumPage(catalog, type))),
    ...model.routines.map((routine) => functionTwin(functionPage(catalog, routine))),
  ];
}

function relationTwin(catalog: Catalog, page: RelationPage): PageTwin {
  const { diagram: _diagram, erdPath: _erdPath, ...json } = page;
  const linked = (reference: Reference): string => linkTo(reference, page.path);
  const columns = page.columns.map(({ name, type, nullable, key, references, value, labels, meaning }) => {
    const notes = [
      meaning ? escapeLine(meaning.text) : "",
      key === "primary" ? "primary key" : (key ?? ""),
      references ? `refers to ${linked(references)}` : "",
      value ? `${escapeLine(value.words)}${value.sql === "" ? "" : ` ${codeCell(value.sql)}`}` : "",
      labels.map(escapeLine).join(", "),
    ];
    return `| ${codeCell(name)} | ${codeCell(type)} | ${nullable ? "yes" : "no"} | ${notes.filter((note) => note !== "").join("; ")} |`;
  });
  const href = (id: string): string | undefined => {
    const path = catalog.routes.of("table", id) ?? catalog.routes.of("view", id);
    return path === null ? undefined : filePath(path, page.path);
  };
  return {
    ...twinOf(page),
    json: saying({
      version: 1,
      ...json,
      columns: page.columns.map(({ anchor: _anchor, ...column }) => column),
      rules: page.rules.map((rule) => ({ ...rule, words: proseText(rule.words) })),
    }),
    markdown: document(page, [
      `${page.what}. ${page.facts.map(escapeLine).join(", ")}.`,
      section("Columns", ["| Column | Type | Null | |\n| --- | --- | --- | --- |", ...columns]),
      section(
        "Joined to",
        page.joins.map(
          ({ direction, other, columns: own }) =>
            `- ${direction === "to" ? "points at" : "pointed at by"} ${linked(other)} by ${codeSpan(own)}`,
        ),
      ),
      section(
        "Used by",
        page.usedBy.map((one) => `- ${linked(one)}`),
      ),
      section(
        "Reads",
        page.reads.map((one) => `- ${linked(one)}`),
      ),
      section(
        "Constraints and indexes",
        page.rules.map(({ kind, name, words }) => `- ${proseMarkdown(words, { href })} (${kind} ${codeSpan(name)})`),
      ),
      page.definition === null ? "" : section("Definition", [codeBlock(page.definition, "sql")]),
      section(
        "Findings",
        page.findings.map(({ severity, rule, message }) => `- ${severity}, ${codeSpan(rule)}: ${escapeLine(message)}`),
      ),
    ]),
  };
}

function enumTwin(page: EnumPage): PageTwin {
  return {
    ...twinOf(page),
    json: saying({ version: 1, kind: "enum", ...page }),
    markdown: document(page, [
      section(
        "Values",
        page.labels.map((label) => `- ${codeSpan(label)}`),
      ),
      section(
        "Used by",
        page.usedBy.map((one) => `- ${linkTo(one, page.path)}`),
      ),
    ]),
  };
}

function functionTwin(page: FunctionPage): PageTwin {
  return {
    ...twinOf(page),
    json: saying({ version: 1, kind: "function", ...page }),
    markdown: document(page, [
      `${page.what}. ${page.facts.map(escapeLine).join(", ")}.`,
      section(
        "Arguments",
        page.arguments.map(
          ({ name, type, note }) =>
            `- ${codeSpan(name)} ${escapeLine(type)}${note === "" ? "" : `, ${escapeLine(note)}`}`,
        ),
      ),
      section("Definition", [codeBlock(page.definition.trim(), "sql")]),
      section(
        "Used by",
        page.usedBy.map((one) => `- ${linkTo(one, page.path)}`),
      ),
    ]),
  };
}

interface Common {
  readonly id: string;
  readonly path: string;
  readonly meaning: SiteDescription | null;
  readonly places: readonly Place[];
  readonly owners: readonly string[];
}

function twinOf({ id, path, meaning }: Common): Pick<PageTwin, "path" | "id" | "summary"> {
  return { id, path: path.replace(/\/$/, ""), summary: meaning?.text ?? "" };
}

/** Without keys that say nothing: null, no text, no entries. Rows of data stay as they are. */
function saying({ sample, ...page }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const said = Object.fromEntries(Object.entries(page).flatMap(sayingKey));
  return sample === null || sample === undefined ? said : { ...said, sample };
}

function sayingKey([key, value]: [string, unknown]): [string, unknown][] {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return [];
  return [[key, sayingValue(value)]];
}

function sayingValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sayingValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(sayingKey));
}

function document({ id, meaning, places, owners }: Common, parts: readonly string[]): string {
  const history = places.map(
    ({ label, place, commit }) =>
      `- ${label} ${codeSpan(place)}${commit ? `, ${commit.date}: ${escapeLine(commit.subject)} (${commit.id})` : ""}`,
  );
  const owned = owners.length === 0 ? [] : [`- Owned by ${owners.map(escapeLine).join(", ")}`];
  const all = [
    `# ${escapeLine(id)}`,
    meaning ? escapeParagraphs(meaning.text) : "",
    ...parts,
    section("History", [...history, ...owned]),
  ];
  return `${all.filter((part) => part !== "").join("\n\n")}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `## ${title}\n\n${lines.join("\n")}`;
}

/** From one page's file to another's; the anchor of a column stays. */
function linkTo({ label, path }: Reference, from: string): string {
  if (path === null) return codeSpan(label);
  const [page = "", anchor] = path.split("#");
  return link(escapeLine(label), filePath(page, from), anchor);
}

function filePath(page: string, from: string): string {
  const target = /^(?:tables|views|enums|functions)\//.test(page) ? page.replace(/\/$/, ".md") : page;
  return "../".repeat(from.split("/").length - 2) + target;
}
