import type { DeclaredSchema, DeclaredStatement } from "../declared/declared-schema.ts";
import type { Parser } from "../sql/postgres/parse.ts";
import { splitStatements } from "../sql/postgres/split.ts";
import { walk } from "../sql/postgres/ast.ts";

/** The statements of the engine's script, each with the line of the schema that asks for what it makes. */
export function scriptStatements(script: string, schema: DeclaredSchema, parser: Parser): readonly DeclaredStatement[] {
  const lines = linesOf(schema);
  const { statements } = splitStatements({ path: "", text: script });
  return statements.map(({ text }) => ({ sql: text, line: lineOf(text, lines, parser) }));
}

type Lines = ReadonlyMap<string, number>;

function linesOf({ enums, tables }: DeclaredSchema): Lines {
  const lines = new Map<string, number>();
  for (const one of enums) lines.set(`type ${one.name}`, one.line);
  for (const table of tables) {
    lines.set(`table ${table.name}`, table.line);
    for (const { name, line } of [...table.indexes, ...table.uniques]) lines.set(`index ${name ?? ""}`, line);
    for (const { name, line } of table.foreignKeys) lines.set(`key ${table.name} ${name ?? ""}`, line);
  }
  return lines;
}

function lineOf(sql: string, lines: Lines, parser: Parser): number {
  const outcome = parser.parse(sql);
  const keys: string[] = [];
  if (outcome.ok) {
    walk(outcome.tree, {
      CreateEnumStmt: ({ typeName }) => {
        const last = typeName?.at(-1);
        if (last && "String" in last) keys.push(`type ${last.String.sval ?? ""}`);
      },
      CreateStmt: ({ relation }) => void keys.push(`table ${relation?.relname ?? ""}`),
      IndexStmt: ({ idxname, relation }) =>
        void keys.push(`index ${idxname ?? ""}`, `table ${relation?.relname ?? ""}`),
      AlterTableStmt: ({ relation, cmds = [] }) => {
        const table = relation?.relname ?? "";
        for (const cmd of cmds) {
          const def = "AlterTableCmd" in cmd ? cmd.AlterTableCmd.def : undefined;
          if (def && "Constraint" in def) keys.push(`key ${table} ${def.Constraint.conname ?? ""}`);
        }
        keys.push(`table ${table}`);
      },
    });
  }
  for (const key of keys) {
    const line = lines.get(key);
    if (line !== undefined) return line;
  }
  return 1;
}
