import { readSchemaRb } from "../languages/rails/read-schema-rb.ts";
import { readDeclared } from "./declared-source.ts";
import { engineOfWord } from "./engine-name.ts";
import { folderOf, joinPath } from "./listing.ts";
import { scores } from "./framework.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";

/** What Active Record's dumper writes when the schema's format is Ruby. */
export const railsSchema: Framework = {
  id: "rails-schema",
  title: "Rails schema.rb",
  rule: "db/schema.rb and db/<database>_schema.rb as a whole; db/structure.sql wins where both are.",
  kind: "declared",
  async detect(folder, listing) {
    const found: Detection[] = [];
    for (const name of listing.filesIn(folder).filter((file) => /^(?:\w+_)?schema\.rb$/.test(file))) {
      const path = joinPath(folder, name);
      const { value } = await listing.read(path);
      if (!value || !/^\s*ActiveRecord::Schema\b/m.test(value.text)) continue;
      const engine = engineOfText(value.text) ?? (await engineOfApplication(folder, listing));
      found.push({
        framework: "rails-schema",
        path,
        engine,
        score: scores.declared,
        why: "ActiveRecord::Schema.define",
        files: 1,
      });
    }
    return found;
  },
  read: (input) => readDeclared(input, async (file, dialect) => readSchemaRb(file, dialect)),
};

/** What only one database's adapter writes into the file. */
function engineOfText(text: string): string | null {
  if (/\benable_extension\b|\bcreate_enum\b|\bt\.(?:jsonb|uuid|citext|inet|tsvector)\b|using: :gi[ns]t?\b/.test(text))
    return "postgres";
  if (/\bcharset: "utf8|\bENGINE=InnoDB|\bunsigned: true|\bcollation: "utf8/.test(text)) return "mysql";
  return null;
}

/** The adapter of the application, from its configuration or its libraries. */
async function engineOfApplication(folder: string, listing: FileListing): Promise<string | null> {
  const root = folderOf(folder);
  const config = await listing.read(joinPath(root, "config/database.yml"));
  const adapter = /^\s*adapter:\s*["']?(\w+)/m.exec(config.value?.text ?? "")?.[1];
  const known = adapter === undefined ? null : (adapters[adapter] ?? engineOfWord(adapter));
  if (known !== null) return known;
  const gems = (await listing.read(joinPath(root, "Gemfile"))).value?.text ?? "";
  const gem = /^\s*gem\s+["'](pg|mysql2|trilogy|sqlite3|activerecord-sqlserver-adapter)["']/m.exec(gems)?.[1];
  return gem === undefined ? null : (adapters[gem] ?? null);
}

const adapters: Readonly<Record<string, string>> = {
  pg: "postgres",
  postgis: "postgres",
  mysql2: "mysql",
  trilogy: "mysql",
  sqlserver: "mssql",
  "activerecord-sqlserver-adapter": "mssql",
  sqlite3: "sqlite",
};
