/** The day of a moment in UTC, such as `2026-11-28`. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
