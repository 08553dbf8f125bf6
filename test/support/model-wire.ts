/** What each provider's wire looks like: the events of a streamed answer and the bodies of its failures. */
export type Protocol = "anthropic" | "openai" | "chat" | "gemini";

export interface WireUsage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

export type WireEnd = "complete" | "truncated" | "refused";

export interface WireAnswer {
  readonly model: string;
  readonly text: string;
  readonly usage: WireUsage;
  readonly end: WireEnd;
}

export type WireFault =
  | "rate-limit"
  | "daily-quota"
  | "auth"
  | "payment"
  | "unknown-model"
  | "overloaded"
  | "context"
  | "bad-request";

export interface WireFailure {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Server-sent events of an answer, in the order in which they are sent. */
export function answerEvents(protocol: Protocol, answer: WireAnswer): readonly string[] {
  return { anthropic: anthropicEvents, openai: openaiEvents, chat: chatEvents, gemini: geminiEvents }[protocol](answer);
}

const event = (data: unknown, name?: string): string =>
  `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;

const pieces = (text: string): readonly string[] => text.match(/[\s\S]{1,24}/g) ?? [];

function anthropicEvents({ model, text, usage, end }: WireAnswer): readonly string[] {
  const fresh = usage.input - usage.cached;
  const start = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: {
      input_tokens: fresh,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: usage.cached,
      output_tokens: 1,
    },
  };
  const stop = { complete: "end_turn", truncated: "max_tokens", refused: "refusal" }[end];
  return [
    event({ type: "message_start", message: start }, "message_start"),
    event(
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "", citations: null } },
      "content_block_start",
    ),
    ...pieces(text).map((piece) =>
      event(
        { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: piece } },
        "content_block_delta",
      ),
    ),
    event({ type: "content_block_stop", index: 0 }, "content_block_stop"),
    event(
      {
        type: "message_delta",
        delta: { stop_reason: stop, stop_sequence: null },
        usage: { output_tokens: usage.output, output_tokens_details: { thinking_tokens: usage.reasoning } },
      },
      "message_delta",
    ),
    event({ type: "message_stop" }, "message_stop"),
  ];
}

function openaiEvents({ model, text, usage, end }: WireAnswer): readonly string[] {
  const response = {
    id: "resp_1",
    object: "response",
    model,
    output: [],
    error: null,
    status: end === "truncated" ? "incomplete" : "completed",
    incomplete_details: end === "truncated" ? { reason: "max_output_tokens" } : null,
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.output,
    },
  };
  const kind = end === "refused" ? "response.refusal.delta" : "response.output_text.delta";
  const last = end === "truncated" ? "response.incomplete" : "response.completed";
  return [
    event(
      { type: "response.created", response: { ...response, status: "in_progress", usage: null } },
      "response.created",
    ),
    ...pieces(text).map((delta) => event({ type: kind, item_id: "m", output_index: 0, content_index: 0, delta }, kind)),
    event({ type: last, response }, last),
  ];
}

function chatEvents({ model, text, usage, end }: WireAnswer): readonly string[] {
  const chunk = (choices: readonly unknown[], more = {}): string =>
    event({ id: "c", object: "chat.completion.chunk", created: 0, model, choices, ...more });
  const finish = { complete: "stop", truncated: "length", refused: "content_filter" }[end];
  return [
    ...pieces(text).map((content) => chunk([{ index: 0, delta: { content }, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason: finish }]),
    chunk([], {
      usage: {
        prompt_tokens: usage.input,
        completion_tokens: usage.output,
        total_tokens: usage.input + usage.output,
        prompt_tokens_details: { cached_tokens: usage.cached },
        completion_tokens_details: { reasoning_tokens: usage.reasoning },
      },
    }),
    "data: [DONE]\n\n",
  ];
}

function geminiEvents({ model, text, usage, end }: WireAnswer): readonly string[] {
  const usageMetadata = {
    promptTokenCount: usage.input,
    cachedContentTokenCount: usage.cached,
    candidatesTokenCount: usage.output - usage.reasoning,
    thoughtsTokenCount: usage.reasoning,
    totalTokenCount: usage.input + usage.output,
  };
  const finishReason = { complete: "STOP", truncated: "MAX_TOKENS", refused: "SAFETY" }[end];
  return [
    ...pieces(text).map((piece) =>
      event({ candidates: [{ content: { role: "model", parts: [{ text: piece }] }, index: 0 }], modelVersion: model }),
    ),
    event({
      candidates: [{ content: { role: "model", parts: [] }, finishReason, index: 0 }],
      usageMetadata,
      modelVersion: model,
    }),
  ];
}

/** The reply of a provider that fails. `seconds` is the pause it asks for, where the fault has one. */
export function faultReply(protocol: Protocol, fault: WireFault, seconds?: number): WireFailure {
  return { anthropic: anthropicFault, openai: openaiFault, chat: openaiFault, gemini: geminiFault }[protocol](
    fault,
    seconds,
  );
}

const STATUS: Readonly<Record<WireFault, number>> = {
  "rate-limit": 429,
  "daily-quota": 429,
  auth: 401,
  payment: 402,
  "unknown-model": 404,
  overloaded: 503,
  context: 400,
  "bad-request": 400,
};

const after = (seconds: number | undefined) =>
  seconds === undefined ? {} : { headers: { "retry-after": String(seconds) } };

function anthropicFault(fault: WireFault, seconds?: number): WireFailure {
  const type = {
    "rate-limit": "rate_limit_error",
    "daily-quota": "rate_limit_error",
    auth: "authentication_error",
    payment: "billing_error",
    "unknown-model": "not_found_error",
    overloaded: "overloaded_error",
    context: "invalid_request_error",
    "bad-request": "invalid_request_error",
  }[fault];
  const message = fault === "context" ? "prompt is too long: 250000 tokens > 200000 maximum" : `wire: ${fault}`;
  return {
    status: fault === "overloaded" ? 529 : STATUS[fault],
    ...after(seconds),
    body: { type: "error", error: { type, message }, request_id: "req_1" },
  };
}

function openaiFault(fault: WireFault, seconds?: number): WireFailure {
  const code = {
    "rate-limit": "rate_limit_exceeded",
    "daily-quota": "rate_limit_exceeded",
    auth: "invalid_api_key",
    payment: "insufficient_quota",
    "unknown-model": "model_not_found",
    overloaded: null,
    context: "context_length_exceeded",
    "bad-request": "invalid_value",
  }[fault];
  // OpenAI reports an empty account as 429 with a code of its own.
  const status = fault === "payment" ? 429 : STATUS[fault];
  return {
    status,
    ...after(seconds),
    body: { error: { message: `wire: ${fault}`, type: "invalid_request_error", param: null, code } },
  };
}

/** Google sends no Retry-After: the pause is in RetryInfo, and a wrong key is a 400. */
function geminiFault(fault: WireFault, seconds?: number): WireFailure {
  const code = fault === "auth" ? 400 : STATUS[fault];
  const status = {
    "rate-limit": "RESOURCE_EXHAUSTED",
    "daily-quota": "RESOURCE_EXHAUSTED",
    auth: "INVALID_ARGUMENT",
    payment: "FAILED_PRECONDITION",
    "unknown-model": "NOT_FOUND",
    overloaded: "UNAVAILABLE",
    context: "INVALID_ARGUMENT",
    "bad-request": "INVALID_ARGUMENT",
  }[fault];
  const quotaId =
    fault === "daily-quota"
      ? "GenerateRequestsPerDayPerProjectPerModel-FreeTier"
      : "GenerateRequestsPerMinutePerProjectPerModel-FreeTier";
  const details = [
    ...(code === 429 ? [{ "@type": "type.googleapis.com/google.rpc.QuotaFailure", violations: [{ quotaId }] }] : []),
    ...(seconds === undefined
      ? []
      : [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${seconds}s` }]),
    ...(fault === "auth" ? [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" }] : []),
  ];
  const message =
    fault === "context"
      ? "The input token count (2000000) exceeds the maximum number of tokens allowed (1048576)."
      : `wire: ${fault}`;
  return { status: code, body: { error: { code, message, status, details } } };
}
