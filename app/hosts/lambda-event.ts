import type { LambdaAnswer, LambdaEvent } from "./published.d.ts";

export type { LambdaAnswer, LambdaEvent } from "./published.d.ts";

/** The function that `handler` in the settings of a Lambda names. */
export type LambdaFunction = (event: LambdaEvent) => Promise<LambdaAnswer>;

/** The request that an event tells of. */
export function toRequest({
  rawPath,
  rawQueryString,
  cookies = [],
  headers,
  requestContext,
  ...sent
}: LambdaEvent): Request {
  const { domainName, http } = requestContext;
  const given = new Headers({ host: domainName });
  for (const [name, value = ""] of Object.entries(headers)) given.set(name, value);
  if (cookies.length > 0) given.set("cookie", cookies.join("; "));
  const hasBody = sent.body !== undefined && http.method !== "GET" && http.method !== "HEAD";
  const body = hasBody ? Buffer.from(sent.body ?? "", sent.isBase64Encoded ? "base64" : "utf8") : null;
  const question = rawQueryString === "" ? "" : `?${rawQueryString}`;
  return new Request(`https://${domainName}${rawPath}${question}`, { method: http.method, headers: given, body });
}

/** The answer that stands for a response. What the query function says is text. */
export async function toAnswer(response: Response): Promise<LambdaAnswer> {
  const { "set-cookie": _, ...headers } = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  return { statusCode: response.status, headers, cookies, body: await response.text(), isBase64Encoded: false };
}
