import { escapeLine } from "#generators/markdown/escape.ts";
import { summarizeChanges } from "#schemas/diff/describe-change.ts";
import { CHANGELOG_VERSION, type Changelog } from "#schemas/json/changelog.ts";
import { counted, listed } from "../docs/names.ts";
import { changeList } from "./change-list.ts";
import type { Release } from "./release.ts";
import { renderChanges } from "./render-changes.ts";

export const releaseFormats = ["md", "text", "json"] as const;
export type ReleaseFormat = (typeof releaseFormats)[number];

/** The history of a schema by release, newest first, as one text. */
export function renderReleases(releases: readonly Release[], format: ReleaseFormat, database: string): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(changelogOf(releases, database), null, 2)}\n`;
    case "md":
      return markdown(releases);
    case "text":
      return plain(releases);
    default:
      return format satisfies never;
  }
}

function markdown(releases: readonly Release[]): string {
  const silent = releases.flatMap(({ name, changes }) => (name !== null && changes?.length === 0 ? [name] : []));
  const blocks = releases
    .filter(({ changes }) => changes === null || changes.length > 0)
    .map((release) => {
      const date = release.date === null ? "" : ` · ${release.date}`;
      const { changes } = release;
      const text = changes === null ? `${firstWords(release)}\n` : renderChanges(changes, "md");
      return `## ${escapeLine(release.name ?? "Not released")}${date}\n\n${text}`;
    });
  const quiet = silent.length === 0 ? [] : [`Releases that left the schema as it was: ${silentNames(silent)}.\n`];
  const none = blocks.length === 0 && quiet.length === 0 ? ["No release is tagged.\n"] : [];
  return ["# Changes of the schema\n", ...blocks, ...quiet, ...none].join("\n");
}

const silentNames = (names: readonly string[]): string => escapeLine(listed(names, names.length));

function plain(releases: readonly Release[]): string {
  if (releases.length === 0) return "No release is tagged.\n";
  return releases
    .map((release) => {
      const date = release.date === null ? "" : ` (${release.date})`;
      const { changes } = release;
      const text = changes === null ? `${firstWords(release)}\n` : renderChanges(changes, "text");
      return `${release.name ?? "Not released"}${date}\n${text.replace(/^(?=.)/gm, "  ")}`;
    })
    .join("\n");
}

const firstWords = ({ tables }: Release): string =>
  `The first release that is known, with ${counted(tables, "table")}.`;

/** The history as the published JSON. */
function changelogOf(releases: readonly Release[], database: string): Changelog {
  return {
    version: CHANGELOG_VERSION,
    database,
    releases: releases.map(({ name, date, changes, tables }) => {
      const { changes: list } = changeList(changes ?? []);
      const summary = changes === null ? null : summarizeChanges(changes);
      return { name, date, tables, summary, changes: list };
    }),
  };
}
