import { z } from "zod";
import { objectId } from "../object-id.ts";
import { parseYaml } from "./yaml-file.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { YamlFile } from "./yaml-file.ts";

/** What an existing tbls configuration says in our words. */
export interface TblsConfig {
  readonly path: string;
  readonly name?: string;
  readonly description?: string;
  /** Folder of the documents. */
  readonly docs?: string;
  /** Texts of tables and columns by object id. */
  readonly descriptions: Readonly<Record<string, string>>;
}

const text = z.string().optional().catch(undefined);
const comment = z.object({
  table: z.string(),
  tableComment: text,
  columnComments: z.record(z.string(), z.string()).optional().catch(undefined),
});
/** tbls has many more keys and grows; what is not named here is reported, not refused. */
const tblsSchema = z.object({
  name: text,
  desc: text,
  docPath: text,
  comments: z.array(z.unknown()).optional().catch(undefined),
});

/** Reads `.tbls.yml`, so that a tbls user changes nothing: document folder, name, description and comments hold. */
export function parseTbls(source: string, path: string): WithProblems<TblsConfig | null> {
  const { value: yaml, problems } = parseYaml(source, path);
  if (!yaml) return { value: null, problems };
  const parsed = tblsSchema.safeParse(yaml.data ?? {});
  if (!parsed.success) return { value: null, problems: [noMap(yaml)] };
  const { name, desc, docPath, comments = [] } = parsed.data;
  const value: TblsConfig = {
    path,
    ...(name !== undefined && { name }),
    ...(desc !== undefined && { description: desc }),
    ...(docPath !== undefined && { docs: docPath.replace(/^\.\//, "").replace(/\/+$/, "") }),
    descriptions: descriptionsOf(comments),
  };
  return { value, problems: unread(yaml) };
}

function descriptionsOf(comments: readonly unknown[]): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const entry of comments) {
    const parsed = comment.safeParse(entry);
    if (!parsed.success) continue;
    const { table, tableComment, columnComments = {} } = parsed.data;
    // tbls writes tables of the search path without their schema.
    const names = table.includes(".") ? table.split(".") : ["public", table];
    if (tableComment) found.set(objectId(...names), tableComment);
    for (const [column, words] of Object.entries(columnComments)) found.set(objectId(...names, column), words);
  }
  return Object.fromEntries(found);
}

const READ = new Set(["name", "desc", "docPath", "comments"]);

function unread(yaml: YamlFile): readonly Problem[] {
  const keys = typeof yaml.data === "object" && yaml.data !== null ? Object.keys(yaml.data) : [];
  return keys
    .filter((key) => !READ.has(key))
    .map((key) => ({
      code: "QG105",
      severity: "info",
      message: `"${key}" of tbls is not used`,
      help:
        key === "dsn"
          ? "The schema is read from the migrations; no database is needed."
          : "Look for its counterpart in querygenie.yml.",
      origin: yaml.keyAt([key]),
    }));
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
