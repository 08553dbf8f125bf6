/** PostgreSQL's number of the type `date`, which the driver reads as a moment. */
const DATE = 1082;

/** A value of the driver as JSON has it: moments and 64-bit numbers are text, bytes are hexadecimal. */
export function jsonValue(value: unknown, type?: number): unknown {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return null;
    const text = value.toISOString();
    return type === DATE ? text.slice(0, 10) : text.replace("T", " ").replace(/(?:\.000)?Z$/, "+00");
  }
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return `\\x${[...value].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  if (Array.isArray(value)) return value.map((one) => jsonValue(one, type));
  return value ?? null;
}
