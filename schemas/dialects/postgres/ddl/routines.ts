import type { Routine } from "../../../model.ts";
import type { Step } from "../../in-order.ts";
import { mentioned } from "./text.ts";
import type { Names } from "./write-postgres.ts";

/** PostgreSQL prints the whole statement; what its signature names must be there, the body is not checked. */
export function routineStep(
  { id, definition, arguments: args, returns = "", variant, body }: Routine,
  names: Names,
  left: (id: string, why: string) => void,
): readonly Step[] {
  if (definition === undefined) {
    left(id, `PostgreSQL prints no statement for ${variant === "aggregate" ? "an aggregate" : "it"}`);
    return [];
  }
  const signature = [...args.map(({ type, default: value = "" }) => `${type} ${value}`), returns];
  // A body in the standard's own syntax is read when the routine is made.
  const isRead = !definition.includes(" AS $") && !definition.includes("\nAS $");
  const texts = isRead ? [...signature, body, definition] : signature;
  const needs = texts.flatMap(mentioned).flatMap((name) => names.get(name) ?? []);
  return [{ id, needs: needs.filter((need) => need !== id), statements: [definition.trimEnd()] }];
}
