import { z } from "zod";
import { answerExample, answerSchema } from "./answer.ts";
import { aiUsageExample, aiUsageSchema } from "./ai-usage.ts";
import { actionReportExample, actionReportSchema } from "./action-report.ts";
import { baselineExample, baselineSchema } from "./baseline.ts";
import { buildResultExample, buildResultSchema } from "./build-result.ts";
import { coverageExample, coverageSchema } from "./coverage.ts";
import { changelogExample, changelogSchema } from "./changelog.ts";
import { changeListExample, changeListSchema } from "./diff.ts";
import { doctorExample, doctorSchema } from "./doctor.ts";
import { explainResultExample, explainResultSchema } from "./explain-result.ts";
import { findingExample, findingSchema } from "./finding.ts";
import { fixturesManifestExample, fixturesManifestSchema } from "./fixtures-manifest.ts";
import { partNames } from "./frozen.ts";
import { keptExamplesExample, keptExamplesSchema } from "./kept-examples.ts";
import { keptTextExample, keptTextSchema } from "./kept-text.ts";
import { lintExample, lintSchema } from "./lint.ts";
import { manifestExample, manifestSchema } from "./manifest.ts";
import { modelExample } from "./model-example.ts";
import { objectPageExample, objectPageSchema } from "./object-page.ts";
import { modelSchema } from "./model.ts";
import { problemExample, problemSchema } from "./problem.ts";
import { queryResultExample, queryResultSchema } from "./query-result.ts";
import { reportExample, reportSchema } from "./report.ts";
import { searchResultsExample, searchResultsSchema } from "./search-results.ts";
import { seedFilesExample, seedFilesSchema } from "./seed-files.ts";
import { statisticsExample, statisticsSchema } from "./statistics.ts";
import { tableListExample, tableListSchema } from "./table-list.ts";
import { workloadExample, workloadSchema } from "./workload.ts";

export interface PublishedSchema {
  /** Base of the file names and part of the schema's id. */
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodType;
  readonly example: unknown;
}

/** Every JSON format that others may read, sorted by name. */
export const publishedSchemas: readonly PublishedSchema[] = [
  {
    name: "action-report",
    title: "Run of the GitHub action",
    schema: actionReportSchema,
    example: actionReportExample,
  },
  { name: "ai-usage", title: "Use of language models", schema: aiUsageSchema, example: aiUsageExample },
  { name: "answer", title: "Answer to a question", schema: answerSchema, example: answerExample },
  { name: "baseline", title: "Findings from before the review", schema: baselineSchema, example: baselineExample },
  { name: "build-result", title: "Result of a build", schema: buildResultSchema, example: buildResultExample },
  { name: "changelog", title: "Releases of a schema", schema: changelogSchema, example: changelogExample },
  { name: "coverage", title: "Documentation coverage", schema: coverageSchema, example: coverageExample },
  { name: "diff", title: "Changes between two models", schema: changeListSchema, example: changeListExample },
  { name: "doctor", title: "Checks of the installation", schema: doctorSchema, example: doctorExample },
  { name: "explain-result", title: "Query plan", schema: explainResultSchema, example: explainResultExample },
  { name: "finding", title: "Finding of a review", schema: findingSchema, example: findingExample },
  { name: "fixtures-manifest", title: "Mock data", schema: fixturesManifestSchema, example: fixturesManifestExample },
  {
    name: "kept-examples",
    title: "Example values of a language model",
    schema: keptExamplesSchema,
    example: keptExamplesExample,
  },
  { name: "kept-text", title: "Text of a language model", schema: keptTextSchema, example: keptTextExample },
  { name: "lint", title: "Findings about a schema", schema: lintSchema, example: lintExample },
  { name: "manifest", title: "Generated files", schema: manifestSchema, example: manifestExample },
  { name: "model", title: "Schema model", schema: modelSchema, example: modelExample },
  { name: "object", title: "Object of a schema", schema: objectPageSchema, example: objectPageExample },
  { name: "problem", title: "Problem with an input", schema: problemSchema, example: problemExample },
  { name: "query-result", title: "Result of a query", schema: queryResultSchema, example: queryResultExample },
  { name: "report", title: "Review of migrations", schema: reportSchema, example: reportExample },
  { name: "search-results", title: "Search results", schema: searchResultsSchema, example: searchResultsExample },
  { name: "seed-files", title: "Files of made-up rows", schema: seedFilesSchema, example: seedFilesExample },
  { name: "statistics", title: "Sizes and statistics", schema: statisticsSchema, example: statisticsExample },
  { name: "table-list", title: "Tables and views", schema: tableListSchema, example: tableListExample },
  { name: "workload", title: "Queries of a running database", schema: workloadSchema, example: workloadExample },
];

/** The JSON Schema (draft 2020-12) of a format. */
export function publishedJsonSchema({ name, title, schema }: PublishedSchema): Readonly<Record<string, unknown>> {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    metadata: partNames,
    // A value that only we can judge, such as a problem's code, is a string to everyone else.
    unrepresentable: () => ({ type: "string" }),
  });
  return { $schema, $id: `urn:querygenie:schema:${name}`, title: `QueryGenie: ${title}`, ...body };
}
