import type { Problem } from "../problem.ts";
import type { KeyPath, YamlFile } from "./yaml-file.ts";

/** What tbls' keys without a counterpart here ask for, and what stands in their place. */
const UNREAD: Readonly<Record<string, string>> = {
  dsn: "The schema is read from the migrations; no database is needed. For a running one, name it under `connections`.",
  templates: "Go templates are not run. Layouts of your own go into the folder of `docs.templates`.",
  requiredVersion: "It is about tbls' own version.",
  baseUrl: "Links in the pages are relative.",
  distance: "Give a viewpoint a distance instead.",
  "format.hideColumnsWithoutValues": "Tables of the pages have no column without values.",
  "er.hideDef": "Pictures hold no definitions.",
  "er.font": "Pictures use the reader's own font.",
  "detectVirtualRelations.rules": "List such references under `relations`.",
};

/** Keys that are read, those of groups below their group's name. Entries of lists are read one by one. */
const READ = new Set([
  ..."name desc docPath labels include exclude format er comments relations viewpoints dict lint lintExclude".split(
    " ",
  ),
  ..."detectVirtualRelations disableOutputSchema".split(" "),
  ..."format.adjust format.sort format.number format.showOnlyFirstParagraph".split(" "),
  ..."er.skip er.format er.comment er.distance er.showColumnTypes".split(" "),
  ..."detectVirtualRelations.enabled detectVirtualRelations.strategy".split(" "),
]);
const GROUPS = ["format", "er", "detectVirtualRelations"];

/** A note for each key of a tbls file that is not used. */
export function unreadOfTbls(yaml: YamlFile): readonly Problem[] {
  const top = keysOf(yaml.data);
  const inner = GROUPS.flatMap((group) => keysOf(valueOf(yaml.data, group)).map((key): KeyPath => [group, key]));
  return [...top.map((key): KeyPath => [key]), ...inner]
    .filter((path) => !READ.has(path.join(".")))
    .map((path) => ({
      code: "QG105",
      severity: "info",
      message: `"${path.join(".")}" of tbls is not used`,
      help: UNREAD[path.join(".")] ?? "Look for its counterpart in querygenie.yml.",
      origin: yaml.keyAt(path),
    }));
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

function valueOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
