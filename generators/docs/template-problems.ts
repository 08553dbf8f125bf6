import { closest } from "#schemas/closest.ts";
import type { Problem } from "#schemas/problem.ts";
import { pageParts, pageValues, placeholdersOf, type PageLayout, type Templates } from "./page-template.ts";

/** Every placeholder of a template that its pages cannot fill in. The page is written without it. */
export function templateProblems(templates: Templates): readonly Problem[] {
  return [...templates].flatMap(([layout, { path, text }]) => {
    const known = [...pageParts[layout], ...pageValues];
    return placeholdersOf(text)
      .filter(({ name }) => !known.some((one) => one === name))
      .map(({ name, line, column }): Problem => {
        const near = closest(name, known);
        const hint = near === null ? "" : `Did you mean {{ ${near} }}? `;
        return {
          code: "QG116",
          severity: "warning",
          message: `the template has no part called "${name}" to fill in, so it is left out`,
          help: `${hint}A ${layout} page has ${known.join(", ")}.`,
          origin: { file: path, line, column },
        };
      });
  });
}

/** A file of the templates' folder that is no page's layout. */
export function strayTemplate(path: string, name: string): Problem {
  const known = layouts.map((layout) => `${layout}.md`);
  const near = closest(name, known);
  return {
    code: "QG116",
    severity: "warning",
    message: `the template ${path} is of no kind of page, so it is not used`,
    help: `${near === null ? "" : `Did you mean ${near}? `}Templates are ${known.join(", ")}.`,
    origin: { file: path, line: 1, column: 1 },
  };
}

/** Every kind of page that can have a template. */
export const layouts: readonly PageLayout[] = [
  "index",
  "chapter",
  "table",
  "view",
  "type",
  "function",
  "sequence",
  "extension",
  "glossary",
];
