import { queryFunction, type QueryFunctionOptions } from "./query-function.ts";

/** What a file below `api/` exports by default. */
export interface VercelFunction {
  readonly fetch: (request: Request) => Promise<Response>;
}

/** The query function for Vercel, whose proxy writes who asks and takes nobody's own word on it. */
export function vercelFunction(options?: QueryFunctionOptions): VercelFunction {
  const { fetch } = queryFunction(options);
  return { fetch: (request) => fetch(request, { caller: request.headers.get("x-real-ip") ?? undefined }) };
}
