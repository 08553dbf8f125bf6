import { readToken, type Token } from "#schemas/languages/sql/postgres/tokens.ts";
import type { Rule } from "../rule.ts";

export const searchPathMutable: Rule = {
  id: "search-path-mutable",
  scope: "schema",
  title: "Function without a fixed search_path",
  group: "schema",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check({ model }) {
    return model.routines.flatMap((routine) => {
      const { definition, language, securityDefiner } = routine;
      // Compiled ones look nothing up, and a body of the SQL standard is bound when it is made.
      if (definition === undefined || !LOOKS_UP.has(language) || fixesSearchPath(definition)) return [];
      return [
        {
          message: securityDefiner
            ? `${routine.id} runs with its owner's rights and looks names up in the caller's search_path: the caller decides what is called`
            : `${routine.id} looks names up in the caller's search_path`,
          help: "SET search_path = '' on the function, and qualify the names in it",
          objects: [routine.id],
          about: routine,
          ...(securityDefiner ? {} : { severity: "info" as const }),
        },
      ];
    });
  },
};

const LOOKS_UP = new Set(["sql", "plpgsql"]);

/** Reads the words between the name and the body of a CREATE FUNCTION that the engine has printed. */
function fixesSearchPath(definition: string): boolean {
  const token: Token = { kind: "other", start: 0, end: 0 };
  let before = "";
  for (let at = 0; at < definition.length; at = token.end) {
    readToken(definition, at, token, "standard");
    if (token.kind !== "word") continue;
    const word = definition.slice(token.start, token.end).toLowerCase();
    if (before === "set" && word === "search_path") return true;
    if (word === "as") return false;
    if (word === "return" || word === "begin") return true;
    before = word;
  }
  return false;
}
