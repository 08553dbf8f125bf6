import type { QueryProblem } from "./query-failure.ts";

type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly problem: QueryProblem };

/**
 * The JSON that a request brings. Anything but `application/json` is refused: a page elsewhere can send the plain forms
 * without asking first. The body is read no further than `most` bytes, whatever its length is said to be.
 */
export async function readBody(request: Request, most: number): Promise<Body> {
  const [type] = (request.headers.get("content-type") ?? "").split(";");
  if (type?.trim().toLowerCase() !== "application/json") {
    return refuse(415, "The body must be application/json.");
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > most) return refuse(413, `The body has more than ${most} bytes.`);
    chunks.push(chunk);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(joined(chunks, length));
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    // Whatever the two say about the bytes, the caller learns it; anything else is ours.
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return refuse(400, `The body is not JSON: ${error.message}.`);
  }
}

function refuse(status: 400 | 413 | 415, message: string): Body {
  return { ok: false, status, problem: { code: "QG510", severity: "error", message } };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
