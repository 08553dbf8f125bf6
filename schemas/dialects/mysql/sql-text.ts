/** A name as MySQL's SQL takes it. */
export const quoteName = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

export const nameList = (names: readonly string[]): string => names.map(quoteName).join(", ");
