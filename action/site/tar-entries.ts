/** One entry of a tar archive: its header with its content. */
export interface TarEntry {
  readonly name: string;
  readonly isFile: boolean;
  /** The entry as it stands in the archive, padding included. */
  readonly bytes: Buffer;
}

const BLOCK = 512;

/** The entries of a tar archive in the old form (ustar), as the embedded engine writes it, in their order. */
export function tarEntries(tar: Buffer): readonly TarEntry[] {
  const entries: TarEntry[] = [];
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = tar.subarray(at, at + BLOCK);
    if (header[0] === 0) break;
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = text(header, 156, 1);
    const prefix = text(header, 345, 155);
    const name = text(header, 0, 100);
    entries.push({
      name: prefix === "" ? name : `${prefix}/${name}`,
      isFile: type === "0" || type === "",
      bytes: tar.subarray(at, end),
    });
    at = end;
  }
  return entries;
}

function text(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? length : end).trim();
}
