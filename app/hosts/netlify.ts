import { queryFunction, type QueryFunctionOptions } from "./query-function.ts";

/** What a file below `netlify/functions/` exports by default. */
export type NetlifyFunction = (request: Request, context: { readonly ip?: string }) => Promise<Response>;

/** The query function for Netlify. */
export function netlifyFunction(options?: QueryFunctionOptions): NetlifyFunction {
  const { fetch } = queryFunction(options);
  return (request, { ip }) => fetch(request, { caller: ip });
}
