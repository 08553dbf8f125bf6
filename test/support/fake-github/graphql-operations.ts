import {
  answer,
  headOf,
  may,
  mayDiscuss,
  text,
  type FakeAnswer,
  type FakeComment,
  type FakeRequest,
} from "./fake-state.ts";
import { commentableLines, type FileChanges } from "./bare-repository.ts";
import { branchFault, moveBranch } from "./move-branch.ts";
import { diffOf, type Context } from "./rest-routes.ts";
import type { FakePull, FakeRepository, FakeThread, FakeToken } from "./fake-state.ts";

interface Failure {
  readonly type: string;
  readonly message: string;
}
type Result = { readonly data: unknown } | { readonly failure: Failure };

type Variables = Readonly<Record<string, unknown>>;

/** GraphQL answers failures with status 200 and `errors`. Each operation here has the name that ours have. */
export function graphql(request: FakeRequest, context: Context): FakeAnswer {
  const query = text(request.body["query"]);
  const [, kind = "query", name = ""] = /(query|mutation)\s+(\w+)/.exec(query) ?? [];
  const variables = record(request.body["variables"]);
  const operation = operations[name];
  if (!operation)
    return answer(200, { errors: [{ type: "undefinedField", message: `The double knows no ${kind} ${name}` }] });
  const result = operation({ request, context, variables });
  if ("data" in result) return answer(200, { data: result.data });
  const field = kind === "mutation" ? [name.charAt(0).toLowerCase() + name.slice(1)] : ["repository"];
  return answer(200, { data: null, errors: [{ ...result.failure, path: field, locations: [{ line: 2, column: 3 }] }] });
}

interface Operation {
  readonly request: FakeRequest;
  readonly context: Context;
  readonly variables: Variables;
}

const FORBIDDEN: Failure = { type: "FORBIDDEN", message: "Resource not accessible by integration" };

const operations: Readonly<Record<string, (operation: Operation) => Result>> = {
  PullRequestState: ({ request, context: { repository }, variables }) => {
    const pull = repository.pulls.find(({ number }) => number === variables["number"]);
    if (!pull) {
      const message = `Could not resolve to a PullRequest with the number of ${String(variables["number"])}.`;
      return { failure: { type: "NOT_FOUND", message } };
    }
    const comments = connection(pull.comments, variables["comments"], 100);
    const threads = connection(pull.threads, variables["threads"], 50);
    const data = {
      headRefOid: headOf(repository, pull),
      state: pull.merged ? "MERGED" : pull.state.toUpperCase(),
      labels: { nodes: [...pull.labels].map((name) => ({ name })) },
      comments: { ...comments, nodes: comments.nodes.map((one) => commentNode(one, "IC", request.token)) },
      reviewThreads: {
        ...threads,
        nodes: threads.nodes.map((one) => threadNode(one, repository, pull, request.token)),
      },
    };
    return { data: { repository: { pullRequest: data } } };
  },
  MinimizeComment: ({ request, context, variables }) => minimize(request, context, variables, "OUTDATED"),
  UnminimizeComment: ({ request, context, variables }) => minimize(request, context, variables, null),
  CreateCommitOnBranch: ({ request, context: { repository }, variables }) => {
    if (!may(request.token, "contents", "write")) return { failure: FORBIDDEN };
    const input = record(variables["input"]);
    const branch = text(record(input["branch"])["branchName"]).replace(/^refs\/heads\//, "");
    const head = repository.bare.resolve(`refs/heads/${branch}`);
    if (head === null) return { failure: { type: "NOT_FOUND", message: `No ref found for branch ${branch}` } };
    const expected = text(input["expectedHeadOid"]);
    if (expected !== head) {
      const message = `Expected branch to point to "${expected}" but it did not. Pull and try again.`;
      return { failure: { type: "STALE_DATA", message } };
    }
    const fault = branchFault(repository, branch);
    if (fault) return { failure: { type: "UNPROCESSABLE", message: fault } };
    const message = record(input["message"]);
    const body = text(message["body"]);
    const sha = repository.bare.commit({
      parents: [head],
      message: `${text(message["headline"])}${body === "" ? "" : `\n\n${body}`}\n`,
      changes: fileChanges(record(input["fileChanges"])),
    });
    moveBranch(repository, { branch, sha, force: false });
    const url = `https://github.invalid/commit/${sha}`;
    return { data: { createCommitOnBranch: { commit: { oid: sha, url, signature: { isValid: true } } } } };
  },
};

function fileChanges(input: Variables): FileChanges {
  const changes: Record<string, Buffer | null> = {};
  for (const addition of list(input["additions"])) {
    changes[text(addition["path"])] = Buffer.from(text(addition["contents"]), "base64");
  }
  for (const deletion of list(input["deletions"])) changes[text(deletion["path"])] = null;
  return changes;
}

function minimize(request: FakeRequest, { repository }: Context, variables: Variables, as: string | null): Result {
  if (!mayDiscuss(request.token)) return { failure: FORBIDDEN };
  const id = text(variables["id"]);
  const all = repository.pulls.flatMap(({ comments, threads }) => [
    ...comments.map((comment) => ["IC", comment] as const),
    ...threads.flatMap((thread) => thread.comments.map((comment) => ["PRRC", comment] as const)),
  ]);
  const found = all.find(([prefix, comment]) => `${prefix}_${comment.id}` === id)?.[1];
  if (!found)
    return { failure: { type: "NOT_FOUND", message: `Could not resolve to a node with the global id of '${id}'` } };
  found.minimized = as;
  return { data: { done: { clientMutationId: null } } };
}

function commentNode(comment: FakeComment, prefix: string, token: FakeToken) {
  return {
    id: `${prefix}_${comment.id}`,
    databaseId: comment.id,
    body: comment.body,
    isMinimized: comment.minimized !== null,
    viewerDidAuthor: comment.author === token.login,
    createdAt: comment.createdAt,
    author: { login: comment.author.replace(/\[bot\]$/, ""), __typename: comment.isBot ? "Bot" : "User" },
  };
}

function threadNode(thread: FakeThread, repository: FakeRepository, pull: FakePull, token: FakeToken) {
  return {
    id: `PRRT_${thread.id}`,
    isResolved: thread.isResolved,
    isOutdated: !isInDiff(thread, repository, pull),
    path: thread.path,
    comments: { nodes: thread.comments.map((one) => commentNode(one, "PRRC", token)) },
  };
}

function isInDiff(thread: FakeThread, repository: FakeRepository, pull: FakePull): boolean {
  const file = diffOf(repository, pull).find(({ filename }) => filename === thread.path);
  const lines = (repository.bare.read(headOf(repository, pull), thread.path) ?? "").split("\n");
  return [...commentableLines(file?.patch)].some((line) => lines[line - 1] === thread.lineText);
}

/** A page of a connection; the cursor is the position. */
function connection<T>(all: readonly T[], after: unknown, size: number) {
  const from = typeof after === "string" ? Number(after) : 0;
  const to = from + size;
  return { pageInfo: { hasNextPage: all.length > to, endCursor: String(to) }, nodes: all.slice(from, to) };
}

function record(value: unknown): Variables {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Each field is judged where it is read.
  return typeof value === "object" && value !== null ? (value as Variables) : {};
}

const list = (value: unknown): readonly Variables[] => (Array.isArray(value) ? value.map(record) : []);
