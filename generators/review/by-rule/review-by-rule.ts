import { defaultLimits } from "#schemas/config/rule-limits.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import type { ReadSteps } from "#schemas/dialects/read-steps.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { Problem } from "#schemas/problem.ts";
import type { SavedQuery } from "../../generator.ts";
import { chosenRules } from "../choose-rules.ts";
import { exceptions } from "../exceptions.ts";
import { ignoreProblems, readIgnores } from "../ignore-comments.ts";
import { queryRemarks, schemaRemarks, statementRemarks } from "../remarks.ts";
import type { Review, ReviewSettings } from "../review.ts";
import { rules as allRules } from "../rules/registry.ts";
import { familyOf, type Scene } from "../scene.ts";
import { createSizes, LARGE_TABLE_ROWS } from "../sizes.ts";
import type { ReviewedFile } from "../statement.ts";
import { toFindings } from "../to-findings.ts";
import { brokenQueries } from "./broken-queries.ts";
import { readSteps } from "./read-steps.ts";

export interface ByRuleInput {
  readonly steps: ReadSteps;
  readonly problems?: readonly Problem[];
  readonly queries?: readonly SavedQuery[];
  readonly settings?: ReviewSettings;
  readonly statistics?: Statistics;
  /** Fingerprints of findings that were there when the review was introduced. */
  readonly baseline?: ReadonlySet<string>;
}

/** Says what a migration of MySQL, MariaDB or SQL Server does to a database in use, by rule: nothing runs. */
export function reviewByRule(input: ByRuleInput): Review {
  const { steps, settings = {} } = input;
  const { base, head } = steps;
  const index = indexModel(base);
  const { statements, renames } = readSteps(steps, settings.assumeInTransaction === true);
  const changes = diffModels(base, head, { renames });
  const byFile = Map.groupBy(statements, ({ file }) => file.path);
  const files: readonly ReviewedFile[] = steps.files.map(({ file, statements: own }) => ({
    file,
    statements: own.map(({ statement }) => ({ statement, outcome: "applied", touched: [], alone: false })),
  }));
  const scene: Scene = {
    base: index,
    head: indexModel(head),
    changes,
    sizes: createSizes(input.statistics, settings.largeTableRows ?? LARGE_TABLE_ROWS),
    family: (table) => familyOf(index, table),
    engineMajor: Number.parseInt(settings.engineVersion ?? head.engine.version, 10),
    limits: { ...defaultLimits, ...settings.limits },
    hasDownParts: files.some(({ file }) => file.down !== undefined),
    statementsOf: (path) => byFile.get(path) ?? [],
  };
  const rules = chosenRules(settings, head.dialect);
  const isAsked = settings.rules !== undefined && settings.rules !== "default";
  const remarks = [
    ...statementRemarks(statements, rules, scene),
    ...queryRemarks(brokenQueries({ queries: input.queries ?? [], statements, base, head }), rules),
    ...(isAsked ? schemaRemarks(statements, rules, scene) : []),
  ];
  const ignores = readIgnores(files);
  const { findings, ignored, used } = toFindings({
    remarks: remarks.map(({ draft, ...said }) => ({ ...said, draft: { ...draft, evidence: "rule" as const } })),
    rehearsal: null,
    ignores,
    severity: settings.severity ?? {},
    isExcepted: exceptions(settings.ignore ?? [], input.baseline ?? new Set()),
  });
  const ids = allRules.map(({ id }) => id);
  return {
    files,
    findings,
    ignored,
    problems: [...(input.problems ?? []), ...steps.problems, ...ignoreProblems(ignores, used, ids)],
    changes,
    statements,
    queries: [],
    judgedQueries: 0,
    measured: {
      engine: head.engine,
      isByRule: true,
      statements: 0,
      ...(scene.sizes.takenAt === undefined ? {} : { sizesOf: scene.sizes.takenAt }),
    },
  };
}
