import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

const unpack = promisify(brotliDecompress);

/** Ending of a file that was packed to make the action's download shorter. */
export const PACKED = ".br";

/** The bytes of a file; where only its packed form was shipped, unpacked. Rejects when there is neither. */
export async function readPacked(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (path.endsWith(PACKED)) return toBytes(await unpack(await readFile(path)));
  try {
    return toBytes(await readFile(path));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return readPacked(path + PACKED);
  }
}

/** Without a copy: neither of the two gives memory that is shared with anybody. */
const toBytes = ({ buffer, byteOffset, length }: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer, byteOffset, length);
