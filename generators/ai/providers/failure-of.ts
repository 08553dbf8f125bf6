import type { FailureReason, ProviderFailure } from "../provider.ts";

/**
 * What any of the SDKs throws, as one failure. It reads fields that they share (`status`, `headers`, `error`, `code`)
 * and the JSON that Gemini's error has for its message, because its SDK keeps nothing else of the reply.
 */
export function failureOf(error: unknown): ProviderFailure {
  const facts = factsOf(error);
  const reason = facts.status === undefined ? withoutStatus(error, facts) : byStatus(facts.status, facts);
  return {
    kind: "failure",
    reason,
    message: messageOf(reason, facts),
    ...(facts.retryAfterMs !== undefined && { retryAfterMs: facts.retryAfterMs }),
  };
}

interface Facts {
  readonly status?: number;
  /** Words that the provider gives for programs: types, codes, reasons, states. */
  readonly codes: readonly string[];
  /** Ids of the quotas that were passed. */
  readonly quotas: readonly string[];
  readonly text: string;
  readonly retryAfterMs?: number;
}

function byStatus(status: number, { codes, quotas, text }: Facts): FailureReason {
  const has = (code: string): boolean => codes.includes(code);
  if (has("insufficient_quota") || has("billing_error") || has("billing_hard_limit_reached")) return "payment";
  if (has("API_KEY_INVALID") || has("invalid_api_key")) return "auth";
  if (has("context_length_exceeded") || has("request_too_large")) return "context-too-long";
  if (has("model_not_found")) return "unknown-model";
  switch (status) {
    case 401:
    case 403:
      return "auth";
    case 402:
      return "payment";
    case 404:
      return "unknown-model";
    case 408:
    case 504:
      return "timeout";
    case 413:
      return "context-too-long";
    case 429:
      return quotas.some((id) => /per.?day/i.test(id)) ? "daily-quota" : "rate-limit";
    default:
  }
  if (status >= 500) return "overloaded";
  // Anthropic and Gemini give no code of their own for this one, only words.
  return status === 400 &&
    /prompt is too long|exceeds the maximum number of tokens|context (?:length|window)/i.test(text)
    ? "context-too-long"
    : "bad-request";
}

function withoutStatus(error: unknown, { codes }: Facts): FailureReason {
  if (codes.includes("overloaded_error") || codes.includes("api_error") || codes.includes("server_error"))
    return "overloaded";
  if (codes.includes("rate_limit_error") || codes.includes("rate_limit_exceeded")) return "rate-limit";
  if (hasCause(error, (one) => one instanceof SyntaxError)) return "malformed";
  if (hasCause(error, (one) => one instanceof Error && /Timeout/.test(one.name))) return "timeout";
  return "network";
}

const WORDS: Readonly<Record<FailureReason, string>> = {
  "rate-limit": "too many requests",
  "daily-quota": "the quota of the day is used up",
  overloaded: "the service has a fault or too much to do",
  auth: "the key was refused",
  payment: "the account is not paid for this",
  "unknown-model": "the model is not known there",
  "bad-request": "the request was refused",
  "context-too-long": "the question is longer than the model reads",
  timeout: "no answer in time",
  network: "the connection failed",
  malformed: "the reply is not valid JSON",
  truncated: "the answer was longer than its limit",
  refused: "the model declined to answer",
  stopped: "it was stopped",
};

/** Our words, with the provider's only where nothing else says what is wrong. They never repeat a key. */
function messageOf(reason: FailureReason, { status, text }: Facts): string {
  const shown = status === undefined ? "" : ` (HTTP ${status})`;
  const theirs = reason === "bad-request" && text !== "" ? `: ${withoutKeys(text).slice(0, 200)}` : "";
  return `${WORDS[reason]}${shown}${theirs}`;
}

function withoutKeys(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/\b[\w-]{20,}\b/g, "…");
}

function factsOf(error: unknown): Facts {
  if (!isObject(error)) return { codes: [], quotas: [], text: "" };
  const status = typeof error["status"] === "number" ? error["status"] : undefined;
  const body = bodyOf(error);
  const details = arrayOf(body["details"]).filter(isObject);
  const retryAfterMs = retryAfterOf(error["headers"], details);
  const codes = [
    error["code"],
    error["type"],
    body["code"],
    body["type"],
    body["status"],
    ...details.map((one) => one["reason"]),
  ];
  return {
    ...(status !== undefined && { status }),
    codes: codes.filter((code) => typeof code === "string"),
    quotas: details
      .flatMap((one) => arrayOf(one["violations"]))
      .flatMap((one) => (isObject(one) ? [String(one["quotaId"])] : [])),
    text: typeof body["message"] === "string" ? body["message"] : "",
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The object that says what is wrong: `error` of the reply's body, at whatever depth the SDK keeps it. */
function bodyOf(error: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let body: unknown = error["error"] ?? parsed(error["message"]);
  while (isObject(body) && isObject(body["error"])) body = body["error"];
  return isObject(body) ? body : {};
}

function parsed(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  // A stream's error has words before its JSON.
  const start = text.indexOf("{");
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** From the headers, else from Google's RetryInfo, whose delay reads `45.83s`. */
function retryAfterOf(headers: unknown, details: readonly Readonly<Record<string, unknown>>[]): number | undefined {
  if (headers instanceof Headers) {
    const exact = Number(headers.get("retry-after-ms") ?? Number.NaN);
    if (Number.isFinite(exact)) return Math.max(0, exact);
    const after = headers.get("retry-after");
    if (after !== null && /^\d+(?:\.\d+)?$/.test(after)) return Number(after) * 1000;
    const moment = after === null ? Number.NaN : Date.parse(after);
    if (Number.isFinite(moment)) return Math.max(0, moment - Date.now());
  }
  for (const { retryDelay } of details) {
    const seconds = typeof retryDelay === "string" ? /^(\d+(?:\.\d+)?)s$/.exec(retryDelay)?.[1] : undefined;
    if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
  }
  return undefined;
}

function hasCause(error: unknown, test: (one: unknown) => boolean): boolean {
  for (let one = error, depth = 0; one !== undefined && depth < 5; depth += 1) {
    if (test(one)) return true;
    one = one instanceof Error ? one.cause : undefined;
  }
  return false;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A failure that a stream tells as an event; thrown, so that it is read like those the SDKs throw. */
export function failureError(facts: unknown): Error {
  return Object.assign(new Error("the provider reported a failure"), isObject(facts) ? facts : {});
}
