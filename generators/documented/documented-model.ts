import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { SchemaModel, Table } from "#schemas/model.ts";
import type { WithProblems } from "#schemas/problem.ts";
import { shownModel, unmatchedPatterns, type ShownSettings } from "./shown-model.ts";
import { virtualReferences, type VirtualReferences } from "./virtual-references.ts";

export type DocumentedSettings = ShownSettings & Pick<DatabaseConfig, "relations" | "detectRelations">;

const known = new WeakMap<SchemaModel, WeakMap<DocumentedSettings, WithProblems<SchemaModel>>>();

/**
 * The model as documents and diagrams show it: without what the configuration leaves out, and with the references that
 * no constraint holds. The exact model stays as it is. Made once for each model and configuration.
 */
export function documentedModel(model: SchemaModel, settings: DocumentedSettings): WithProblems<SchemaModel> {
  const bySettings = known.get(model) ?? new WeakMap<DocumentedSettings, WithProblems<SchemaModel>>();
  known.set(model, bySettings);
  const found = bySettings.get(settings) ?? make(model, settings);
  bySettings.set(settings, found);
  return found;
}

function make(model: SchemaModel, settings: DocumentedSettings): WithProblems<SchemaModel> {
  const shown = shownModel(model, settings);
  const references = virtualReferences(shown, settings);
  const isSame = references.added.size + references.restated.size === 0;
  const tables = shown.tables.map((table) => withReferences(table, references));
  return {
    value: isSame ? shown : { ...shown, tables },
    problems: [...references.problems, ...unmatchedPatterns(model, settings)],
  };
}

function withReferences(table: Table, { added, restated }: VirtualReferences): Table {
  const extra = added.get(table.id) ?? [];
  if (extra.length === 0 && !table.constraints.some((one) => restated.has(one))) return table;
  const constraints = [...table.constraints.map((one) => restated.get(one) ?? one), ...extra];
  return { ...table, constraints: constraints.sort((left, right) => (left.id < right.id ? -1 : 1)) };
}
