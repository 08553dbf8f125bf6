import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname } from "node:path";
import type { FakeRepository, FakeToken } from "./fake-state.ts";
import { may } from "./fake-state.ts";
import { syncPulls } from "./move-branch.ts";

/** Serves a bare repository as `https://github.com/<owner>/<name>` does, with `git http-backend`. */
export function gitOverHttp(
  request: IncomingMessage,
  response: ServerResponse,
  {
    repository,
    token,
    path,
    query,
  }: { repository: FakeRepository; token: FakeToken | null; path: string; query: string },
): void {
  const isPush = query.includes("git-receive-pack") || path.endsWith("/git-receive-pack");
  const mayRead = !repository.isPrivate || (token !== null && may(token, "contents", "read"));
  if (token === null && (isPush || repository.isPrivate)) {
    response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end("Authentication required");
    return;
  }
  if (!mayRead || (isPush && !(token && may(token, "contents", "write")))) {
    response.writeHead(403).end("Write access to repository not granted.\n");
    return;
  }
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: dirname(repository.bare.path),
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      REMOTE_USER: token?.login ?? "",
      PROTECTED: [...repository.protectedBranches].join(" "),
      ...(request.headers["content-encoding"] ? { HTTP_CONTENT_ENCODING: request.headers["content-encoding"] } : {}),
      ...(typeof request.headers["git-protocol"] === "string" ? { GIT_PROTOCOL: request.headers["git-protocol"] } : {}),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => undefined);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.on("close", () => {
    const whole = Buffer.concat(chunks);
    const end = whole.indexOf("\r\n\r\n");
    const headers = whole.subarray(0, end).toString("latin1").split("\r\n");
    for (const line of headers) {
      const [name = "", ...value] = line.split(": ");
      if (name === "Status") response.statusCode = Number(value.join(": ").slice(0, 3));
      else response.setHeader(name, value.join(": "));
    }
    response.end(whole.subarray(end + 4));
    if (isPush) syncPulls(repository);
  });
}

/** What GitHub prints when a push meets a protected branch. */
export const protectionHook = `#!/bin/sh
while read old new ref; do
  for branch in $PROTECTED; do
    if [ "$ref" = "refs/heads/$branch" ]; then
      echo "error: GH006: Protected branch update failed for refs/heads/$branch." >&2
      echo "error: Changes must be made through a pull request." >&2
      exit 1
    fi
  done
done
`;
