import { quoteName } from "#schemas/dialects/mssql/facts.ts";
import { tokensOf } from "#schemas/languages/sql/mssql/parse-name.ts";
import { parseObjectId } from "#schemas/object-id.ts";
import type { ActOf } from "../acts/act.ts";
import type { RewritePlan } from "../rule.ts";
import { mssqlOf, type ReviewedStatement } from "../statement.ts";

/** The same ADD CONSTRAINT without reading the table, and the check of it in a step of its own. */
export function withoutCheck(
  reviewed: ReviewedStatement,
  { name, table }: ActOf<"add constraint">,
): { readonly rewrite?: RewritePlan } {
  const text = mssqlOf(reviewed)?.text ?? "";
  const tokens = tokensOf(text);
  const add = tokens.findIndex(({ key }) => key === "ADD");
  const adds = reviewed.acts.filter(({ kind }) => kind === "add constraint").length;
  const word = tokens[add];
  if (!word || name === undefined || adds !== 1) return {};
  const isSaid = tokens[add - 1]?.key === "CHECK" && tokens[add - 2]?.key === "WITH";
  const before = text.slice(0, isSaid ? (tokens[add - 2]?.start ?? word.start) : word.start).trimEnd();
  const target = (parseObjectId(table.current) ?? []).map(quoteName).join(".");
  return {
    rewrite: {
      title: "without reading the table, and the check later",
      steps: [
        `${before} WITH NOCHECK ${text.slice(word.start)}`,
        `ALTER TABLE ${target} WITH CHECK CHECK CONSTRAINT ${quoteName(name)}`,
      ],
    },
  };
}
