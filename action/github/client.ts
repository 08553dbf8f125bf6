import { Octokit } from "@octokit/rest";
import { retryRequests, type RetryOptions } from "./retry-requests.ts";

export interface ClientOptions extends Partial<RetryOptions> {
  readonly token: string;
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://<host>/api/v3` of an Enterprise server. */
  readonly apiUrl: string;
  /** Prints every writing call instead of sending it. */
  readonly dryRun?: (call: string) => void;
}

/** A client that waits for limits, repeats what is safe to repeat, and in a dry run sends nothing that writes. */
export function githubClient({ token, apiUrl, dryRun, ...retry }: ClientOptions): Octokit {
  const quiet = (): void => undefined;
  const octokit = new Octokit({
    auth: token,
    baseUrl: apiUrl,
    userAgent: "querygenie",
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  if (dryRun) {
    octokit.hook.wrap("request", (request, options) => {
      const { method, url, baseUrl: _base, headers: _headers, request: _request, mediaType: _type, ...body } = options;
      // On an Enterprise server the whole address stands here.
      const isGraphql = url.endsWith("/graphql");
      if (method === "GET" || (isGraphql && !isMutation(body["query"]))) {
        return request(options);
      }
      const shown = Object.entries(octokit.request.endpoint(options));
      const address = String(Object.fromEntries(shown)["url"]);
      dryRun(`${method} ${address}\n${JSON.stringify(body, null, 2)}`);
      return { status: 200, url: address, headers: {}, data: isGraphql ? { data: {} } : {} };
    });
  }
  retryRequests(octokit, retry);
  return octokit;
}

function isMutation(query: unknown): boolean {
  return typeof query === "string" && query.trimStart().startsWith("mutation");
}
