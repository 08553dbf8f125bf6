import type { Grant, Routine, Sequence } from "../../model.ts";
import { objectId, routineId } from "../../object-id.ts";
import { dataType, isSystemType } from "./types.ts";
import type { Draft, DraftRoutine, DraftSequence } from "../../languages/sql/mssql/draft.ts";
import type { TypeText } from "../../languages/sql/mssql/read-type.ts";

/** A procedure or function with its body as it is written. */
export function routineOf(draft: Draft, own: DraftRoutine, grants: { readonly grants?: readonly Grant[] }): Routine {
  const { source } = own;
  const args = source.arguments.map((argument) => ({
    name: argument.name,
    mode: argument.mode,
    type: typeName(draft, argument.type),
    ...(argument.default === undefined ? {} : { default: argument.default }),
  }));
  const executesAs = source.executesAs?.toUpperCase();
  return {
    kind: "routine",
    id: routineId(
      own.schema,
      own.name,
      args.map((argument) => argument.type),
    ),
    name: own.name,
    schema: own.schema,
    ...(own.comment === undefined ? {} : { comment: own.comment }),
    origin: own.origin,
    variant: source.variant,
    arguments: args,
    ...(source.returns === undefined ? {} : { returns: returnType(source.returns) }),
    language: source.language,
    volatility: "volatile",
    strict: source.strict,
    securityDefiner: executesAs !== undefined && executesAs !== "CALLER",
    definition: `CREATE ${source.text}`,
    body: source.body,
    ...grants,
  };
}

function typeName(draft: Draft, type: TypeText): string {
  const isOwn = type.name.schema !== undefined || draft.type(type.name) !== undefined;
  if (isOwn && type.name.schema?.toLowerCase() !== "sys") return `${draft.schemaName(type.name)}.${type.name.name}`;
  return dataType(type.name.name, type.arguments).raw;
}

/** A scalar's type in canonical form; `TABLE` and `@rows TABLE (…)` as they are. */
function returnType(text: string): string {
  const match = /^\[?([\w ]+?)\]?\s*(?:\(([\w\s,]+)\))?$/.exec(text);
  if (!match?.[1] || !isSystemType(match[1])) return text;
  return dataType(match[1], match[2]?.split(",") ?? []).raw;
}

const RANGES: Readonly<Record<string, readonly [string, string]>> = {
  tinyint: ["0", "255"],
  smallint: ["-32768", "32767"],
  int: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};

export function sequenceOf(own: DraftSequence): Sequence {
  const { type, start, increment = "1", minimum, maximum, cycle = false } = own.source;
  const raw = type ? dataType(type.name.name, type.arguments).raw : "bigint";
  const [least, most] = RANGES[raw] ?? decimalRange(raw);
  const lowest = minimum ?? least;
  const highest = maximum ?? most;
  return {
    kind: "sequence",
    id: objectId(own.schema, own.name),
    name: own.name,
    schema: own.schema,
    ...(own.comment === undefined ? {} : { comment: own.comment }),
    origin: own.origin,
    type: raw,
    start: start ?? (increment.startsWith("-") ? highest : lowest),
    increment,
    minimum: lowest,
    maximum: highest,
    cycle,
  };
}

/** `decimal(5,0)` counts to 99999. */
function decimalRange(raw: string): readonly [string, string] {
  const digits = "9".repeat(Number(/\((\d+)/.exec(raw)?.[1] ?? 18));
  return [`-${digits}`, digits];
}
