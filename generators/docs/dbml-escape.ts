/** A table's or enum's name with its schema. */
export function dbmlPath(schema: string, name: string): string {
  return `${dbmlName(schema)}.${dbmlName(name)}`;
}

/** A name between double quotes. */
export function dbmlName(name: string): string {
  return `"${escaped(name).replaceAll('"', '\\"')}"`;
}

/** Text between single quotes. */
export function dbmlText(given: string): string {
  return `'${escaped(given).replaceAll("'", "\\'")}'`;
}

function escaped(given: string): string {
  return given.replaceAll("\\", "\\\\").replaceAll("\r", "\\r").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
