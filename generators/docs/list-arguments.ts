import type { Routine } from "#schemas/model.ts";

/** A routine's arguments as in its declaration: `wanted bigint, OUT total numeric`. */
export function listArguments({ arguments: all }: Routine): string {
  return all
    .map(({ name, mode, type, default: fallback }) => {
      const direction = mode === "in" || mode === "table" ? undefined : mode.toUpperCase();
      const given = fallback === undefined ? undefined : `DEFAULT ${fallback}`;
      return [direction, name, type, given].filter((part) => part !== undefined).join(" ");
    })
    .join(", ");
}
