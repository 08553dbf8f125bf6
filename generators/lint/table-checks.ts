import type { Table, View } from "#schemas/model.ts";
import { objectPattern } from "#schemas/object-pattern.ts";
import { checkedRelations, unlessNone, type CheckContext, type Remark } from "./check-context.ts";

/** What whole tables lack: relations, columns, labels, a viewpoint; or have too much of. */
export function tableChecks(context: CheckContext): readonly Remark[] {
  return [
    ...unrelated(context),
    ...columnCount(context),
    ...requiredColumns(context),
    ...requiredLabels(context),
    ...labelStyle(context),
    ...requiredViewpoints(context),
  ];
}

const isTable = (relation: Table | View): relation is Table => relation.kind === "table";

function unrelated(context: CheckContext): readonly Remark[] {
  const settings = context.config.unrelatedTable;
  if (!settings?.enabled) return [];
  const { index } = context;
  const isRelated = ({ id }: Table): boolean => index.referencesFrom(id).length + index.referencesTo(id).length > 0;
  return unlessNone(checkedRelations(context, settings.exclude).filter(isTable), isRelated, settings).map((about) => ({
    check: "unrelatedTable",
    about,
    message: `${about.id}: unrelated (isolated) table`,
    help: "Add a foreign key, or say under `relations` what it belongs to",
  }));
}

function columnCount(context: CheckContext): readonly Remark[] {
  const settings = context.config.columnCount;
  if (!settings?.enabled) return [];
  return checkedRelations(context, settings.exclude)
    .filter(({ columns }) => columns.length > settings.max)
    .map((about) => ({
      check: "columnCount",
      about,
      message: `${about.id}: too many columns [${about.columns.length}/${settings.max}]`,
    }));
}

function requiredColumns(context: CheckContext): readonly Remark[] {
  const settings = context.config.requireColumns;
  if (!settings?.enabled) return [];
  return settings.columns.flatMap(({ name, exclude }) =>
    checkedRelations(context, exclude)
      .filter(isTable)
      .filter(({ columns }) => !columns.some((column) => column.name === name))
      .map((about): Remark => ({ check: "requireColumns", about, message: `${about.id}: column ${name} required` })),
  );
}

function requiredLabels(context: CheckContext): readonly Remark[] {
  const settings = context.config.requireTableLabels;
  if (!settings?.enabled) return [];
  const relations = checkedRelations(context, settings.exclude);
  return unlessNone(relations, ({ id }) => context.labels.has(id), settings).map((about) => ({
    check: "requireTableLabels",
    about,
    message: `${about.id}: table labels required`,
    help: "Name it under `labels`",
  }));
}

/** What BigQuery takes: lower-case letters, digits, `_` and `-`, at most 63, a key and perhaps a value. */
const BIGQUERY_LABEL = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}(?::[\p{Ll}\p{Lo}\p{N}_-]{0,63})?$/u;

function labelStyle(context: CheckContext): readonly Remark[] {
  const settings = context.config.labelStyleBigQuery;
  if (!settings?.enabled) return [];
  return checkedRelations(context, settings.exclude).flatMap((owner) =>
    [owner, ...owner.columns].flatMap((about) =>
      (context.labels.get(about.id) ?? [])
        .filter((label) => !BIGQUERY_LABEL.test(label))
        .map((label): Remark => {
          return {
            check: "labelStyleBigQuery",
            about,
            message: `${about.id}: "${label}" is not in BigQuery label style`,
          };
        }),
    ),
  );
}

function requiredViewpoints(context: CheckContext): readonly Remark[] {
  const settings = context.config.requireViewpoints;
  if (!settings?.enabled) return [];
  const shown = new Set(context.viewpoints.flatMap(({ parts }) => parts.flatMap(({ tables }) => tables)));
  const { dialect } = context.index.model;
  const out = settings.exclude.map((pattern) => objectPattern(pattern, dialect));
  return checkedRelations(context, [])
    .filter(({ id }) => !shown.has(id) && !out.some(({ matches }) => matches(id)))
    .map((about) => ({ check: "requireViewpoints", about, message: `${about.id}: table is in no viewpoint` }));
}
