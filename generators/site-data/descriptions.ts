import { describeColumn, describeRoutine, describeTable, describeType, writtenDescription } from "../docs/describe.ts";
import type { DescribeContext, Description } from "../docs/describe.ts";
import { proseText } from "../docs/prose.ts";
import type { SiteDescription, SiteDescriptions } from "./contract.ts";

/** What every object of the site is, in the words of a person, of the DDL, or of our rules. */
export function siteDescriptions(context: DescribeContext): SiteDescriptions {
  const { model } = context.index;
  const texts: Record<string, SiteDescription> = {};
  const set = (id: string, description: Description | null): void => {
    const text = description === null ? "" : proseText(description.prose);
    if (description !== null && text !== "") texts[id] = { text, source: description.source };
  };
  for (const schema of model.schemas) set(schema.id, writtenDescription(context, schema));
  for (const relation of [...model.tables, ...model.views]) {
    set(relation.id, describeTable(context, relation));
    for (const column of relation.columns) set(column.id, describeColumn(context, column, relation));
  }
  for (const type of model.enums) set(type.id, describeType(context, type));
  for (const routine of model.routines) set(routine.id, describeRoutine(context, routine));
  return texts;
}
