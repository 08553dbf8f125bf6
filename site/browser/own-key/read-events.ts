/** The data of each server-sent event of a response, as JSON; `[DONE]` ends it. Throws for a status that is no success. */
export async function* readEvents(response: Response): AsyncGenerator {
  if (!response.ok) throw await refusedBy(response);
  if (!response.body) return;
  let rest = "";
  for await (const text of decoded(response.body)) {
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const data = /^data: ?(.*)$/.exec(line)?.[1];
      if (data === "[DONE]") return;
      if (data !== undefined && data !== "") yield JSON.parse(data);
    }
  }
}

async function* decoded(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A refusal in the form of the services' own libraries, which `failureOf` reads. */
export async function refusedBy(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => undefined);
  return Object.assign(new Error(`HTTP ${response.status}`), {
    status: response.status,
    headers: response.headers,
    error: Array.isArray(body) ? body[0] : body,
  });
}
