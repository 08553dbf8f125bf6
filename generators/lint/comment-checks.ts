import type { ModelObject, Table, View } from "#schemas/model.ts";
import {
  checkedRelations,
  isCommented,
  isNamed,
  unlessNone,
  type CheckContext,
  type CheckName,
  type Remark,
} from "./check-context.ts";

/** Tables and what is in them without a comment. */
export function commentChecks(context: CheckContext): readonly Remark[] {
  return [...tableComments(context), ...nestedComments(context)];
}

function tableComments(context: CheckContext): readonly Remark[] {
  const settings = context.config.requireTableComment;
  if (!settings?.enabled) return [];
  const relations = checkedRelations(context, settings.exclude);
  return unlessNone(relations, (one) => isCommented(context, one), settings).map((about) => ({
    check: "requireTableComment",
    about,
    message: `${about.id}: table comment required`,
    help: HELP,
  }));
}

const HELP = "Write COMMENT ON …, or a text under `descriptions`";

type Nested = Extract<
  CheckName,
  "requireColumnComment" | "requireIndexComment" | "requireConstraintComment" | "requireTriggerComment"
>;

interface Parts {
  readonly word: string;
  readonly of: (owner: Table | View) => readonly ModelObject[];
}

const partsOf: Readonly<Record<Nested, Parts>> = {
  requireColumnComment: { word: "column", of: ({ columns }) => columns },
  requireIndexComment: { word: "index", of: ({ indexes }) => indexes },
  requireConstraintComment: {
    word: "constraint",
    of: (owner) => (owner.kind === "table" ? owner.constraints.filter((one) => !("virtual" in one)) : []),
  },
  requireTriggerComment: { word: "trigger", of: ({ triggers }) => triggers },
};
const nestedChecks: readonly Nested[] = [
  "requireColumnComment",
  "requireIndexComment",
  "requireConstraintComment",
  "requireTriggerComment",
];

function nestedComments(context: CheckContext): readonly Remark[] {
  return nestedChecks.flatMap((check) => {
    const settings = context.config[check];
    if (!settings?.enabled) return [];
    const { word, of } = partsOf[check];
    return checkedRelations(context, settings.excludeTables).flatMap((owner) => {
      const parts = of(owner).filter(({ name }) => !isNamed(settings.exclude, owner, name));
      return unlessNone(parts, (one) => isCommented(context, one), settings).map((about): Remark => ({
        check,
        about,
        message: `${about.id}: ${word} comment required`,
        help: HELP,
      }));
    });
  });
}
