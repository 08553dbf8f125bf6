import { gunzipSync } from "node:zlib";
import { commentableLines } from "./bare-repository.ts";
import {
  answer,
  forbidden,
  headOf,
  invalid,
  LONGEST_BODY,
  may,
  mayDiscuss,
  notFound,
  text,
  userJson,
  type FakeAnswer,
  type FakeComment,
  type FakePull,
  type FakeRepository,
  type FakeRequest,
  type FakeThread,
} from "./fake-state.ts";
import { branchFault, moveBranch } from "./move-branch.ts";
import { permissionsJson, pullJson, repositoryJson } from "./rest-json.ts";

export interface Context {
  readonly repository: FakeRepository;
  readonly nextId: () => number;
  readonly now: () => string;
}

type Handler = (request: FakeRequest, context: Context, parts: readonly string[]) => FakeAnswer;

const tooLong = (): FakeAnswer =>
  invalid({
    resource: "IssueComment",
    code: "unprocessable",
    field: "data",
    message: `Body is too long (maximum is ${LONGEST_BODY} characters)`,
  });

/** The REST calls of the action, by method and path below the repository. */
export const routes: readonly (readonly [method: string, path: RegExp, handle: Handler])[] = [
  [
    "GET",
    /^$/,
    ({ token }, { repository }) => {
      if (token.isUser !== true) return answer(200, repositoryJson(repository));
      const level = repository.collaborators.get(token.login) ?? (repository.isPrivate ? "none" : "read");
      if (level === "none") return notFound();
      return answer(200, { ...repositoryJson(repository), permissions: permissionsJson(level) });
    },
  ],
  [
    "GET",
    /^\/issues\/(\d+)\/comments$/,
    (request, context, [number]) => {
      const pull = findPull(context, number);
      return pull
        ? page(
            request,
            pull.comments.map((comment) => commentJson(comment, pull, context)),
          )
        : notFound();
    },
  ],
  [
    "POST",
    /^\/issues\/(\d+)\/comments$/,
    (request, context, [number]) => {
      const pull = findPull(context, number);
      if (!pull) return notFound();
      if (!mayDiscuss(request.token)) return forbidden();
      const body = text(request.body["body"]);
      if (body.length > LONGEST_BODY) return tooLong();
      if (body === "") return invalid({ resource: "IssueComment", code: "missing_field", field: "body" });
      const comment = newComment(request, context, body);
      pull.comments.push(comment);
      return answer(201, commentJson(comment, pull, context));
    },
  ],
  [
    "PATCH",
    /^\/issues\/comments\/(\d+)$/,
    (request, context, [id]) => {
      const found = findComment(context, id);
      if (!found) return notFound();
      if (!mayDiscuss(request.token)) return forbidden();
      const body = text(request.body["body"]);
      if (body.length > LONGEST_BODY) return tooLong();
      found.comment.body = body;
      return answer(200, commentJson(found.comment, found.pull, context));
    },
  ],
  [
    "DELETE",
    /^\/issues\/comments\/(\d+)$/,
    (request, context, [id]) => {
      const found = findComment(context, id);
      if (!found) return notFound();
      if (!mayDiscuss(request.token)) return forbidden();
      found.pull.comments.splice(found.pull.comments.indexOf(found.comment), 1);
      return answer(204, null);
    },
  ],
  [
    "POST",
    /^\/issues\/(\d+)\/labels$/,
    (request, context, [number]) => {
      const pull = findPull(context, number);
      if (!pull) return notFound();
      if (!mayDiscuss(request.token)) return forbidden();
      const labels: unknown = request.body["labels"];
      for (const label of Array.isArray(labels) ? labels : []) pull.labels.add(String(label));
      return answer(200, [...pull.labels].map(labelJson));
    },
  ],
  [
    "DELETE",
    /^\/issues\/(\d+)\/labels\/([^/]+)$/,
    (request, context, [number, name]) => {
      const pull = findPull(context, number);
      if (!mayDiscuss(request.token)) return forbidden();
      if (!pull?.labels.delete(decodeURIComponent(name ?? ""))) return notFound();
      return answer(200, [...pull.labels].map(labelJson));
    },
  ],
  [
    "GET",
    /^\/pulls$/,
    (request, context) => {
      const { repository } = context;
      const head = request.query.get("head");
      const base = request.query.get("base");
      const state = request.query.get("state") ?? "open";
      const found = repository.pulls.filter(
        (pull) =>
          (state === "all" || pull.state === state) &&
          (base === null || pull.baseRef === base) &&
          (head === null || `${pull.headRepo.split("/")[0]}:${pull.headRef}` === head),
      );
      return page(
        request,
        found.map((pull) => pullJson(repository, pull)),
      );
    },
  ],
  [
    "POST",
    /^\/pulls$/,
    (request, context) => {
      const { repository, nextId } = context;
      if (!may(request.token, "pull_requests", "write")) return forbidden();
      if (request.token.isBot && !repository.allowsActionsPullRequests) {
        return answer(403, { message: "GitHub Actions is not permitted to create or approve pull requests." });
      }
      const headRef = text(request.body["head"]);
      const baseRef = text(request.body["base"]);
      const head = repository.bare.resolve(`refs/heads/${headRef}`);
      const base = repository.bare.resolve(`refs/heads/${baseRef}`);
      if (head === null || base === null) return invalid({ resource: "PullRequest", field: "head", code: "invalid" });
      if (head === base)
        return invalid({
          resource: "PullRequest",
          code: "custom",
          message: `No commits between ${baseRef} and ${headRef}`,
        });
      const number = Math.max(0, ...repository.pulls.map((pull) => pull.number)) + 1;
      repository.bare.setRef(`refs/pull/${number}/head`, head);
      const pull: FakePull = {
        number,
        title: text(request.body["title"]),
        body: text(request.body["body"]),
        headRef,
        headRepo: `${repository.owner}/${repository.name}`,
        baseRef,
        state: "open",
        merged: false,
        user: request.token.login,
        labels: new Set(),
        comments: [],
        threads: [],
        reviews: [],
      };
      nextId();
      repository.pulls.push(pull);
      return answer(201, pullJson(repository, pull));
    },
  ],
  [
    "PATCH",
    /^\/pulls\/(\d+)$/,
    (request, context, [number]) => {
      const pull = findPull(context, number);
      if (!pull) return notFound();
      if (!may(request.token, "pull_requests", "write")) return forbidden();
      if (typeof request.body["body"] === "string") pull.body = request.body["body"];
      if (typeof request.body["title"] === "string") pull.title = request.body["title"];
      return answer(200, pullJson(context.repository, pull));
    },
  ],
  [
    "GET",
    /^\/pulls\/(\d+)$/,
    (_, context, [number]) => {
      const pull = findPull(context, number);
      return pull ? answer(200, pullJson(context.repository, pull)) : notFound();
    },
  ],
  [
    "GET",
    /^\/pulls\/(\d+)\/files$/,
    (request, context, [number]) => {
      const pull = findPull(context, number);
      if (!pull) return notFound();
      const blob = "https://github.invalid/blob";
      const files = diffOf(context.repository, pull).map((file) => ({
        ...file,
        changes: file.additions + file.deletions,
        blob_url: blob,
        raw_url: blob,
        contents_url: blob,
      }));
      return page(request, files);
    },
  ],
  ["POST", /^\/pulls\/(\d+)\/reviews$/, createReview],
  [
    "GET",
    /^\/collaborators\/([^/]+)\/permission$/,
    ({ token }, { repository }, [login]) => {
      if (!may(token, "contents", "read")) return forbidden();
      const permission = repository.collaborators.get(login ?? "") ?? "read";
      return answer(200, { permission, role_name: permission, user: userJson(login ?? "", false) });
    },
  ],
  [
    "GET",
    /^\/contents\/(.+)$/,
    ({ token, query }, { repository }, [path]) => {
      if (repository.isPrivate && !may(token, "contents", "read")) return notFound();
      const content = repository.bare.read(
        query.get("ref") ?? repository.defaultBranch,
        decodeURIComponent(path ?? ""),
      );
      if (content === null) return notFound();
      return answer(200, { type: "file", encoding: "base64", path, content: Buffer.from(content).toString("base64") });
    },
  ],
  [
    "GET",
    /^\/git\/ref\/(.+)$/,
    (_, { repository }, [ref]) => {
      const sha = repository.bare.resolve(`refs/${decodeURIComponent(ref ?? "")}`);
      return sha === null ? notFound() : answer(200, refJson(`refs/${decodeURIComponent(ref ?? "")}`, sha));
    },
  ],
  [
    "POST",
    /^\/git\/refs$/,
    (request, { repository }) => {
      if (!may(request.token, "contents", "write")) return forbidden();
      const ref = text(request.body["ref"]);
      if (repository.bare.resolve(ref) !== null) return answer(422, { message: "Reference already exists" });
      const sha = text(request.body["sha"]);
      if (repository.bare.resolve(sha) === null) return answer(422, { message: "Object does not exist" });
      repository.bare.setRef(ref, sha);
      return answer(201, refJson(ref, sha));
    },
  ],
  [
    "PATCH",
    /^\/git\/refs\/(.+)$/,
    (request, { repository }, [name]) => {
      if (!may(request.token, "contents", "write")) return forbidden();
      const branch = decodeURIComponent(name ?? "").replace(/^heads\//, "");
      const sha = text(request.body["sha"]);
      const fault = branchFault(repository, branch);
      if (fault) return answer(422, { message: fault });
      if (!moveBranch(repository, { branch, sha, force: request.body["force"] === true })) {
        return answer(422, { message: "Update is not a fast forward" });
      }
      return answer(200, refJson(`refs/heads/${branch}`, sha));
    },
  ],
  [
    "DELETE",
    /^\/git\/refs\/(.+)$/,
    (request, { repository }, [name]) => {
      if (!may(request.token, "contents", "write")) return forbidden();
      repository.bare.git(["update-ref", "-d", `refs/${decodeURIComponent(name ?? "")}`]);
      return answer(204, null);
    },
  ],
  [
    "GET",
    /^\/compare\/(.+)$/,
    (_, { repository }, [range]) => {
      const [base = "", head = ""] = decodeURIComponent(range ?? "").split("...");
      const from = repository.bare.resolve(base);
      const to = repository.bare.resolve(head);
      if (from === null || to === null) return notFound();
      const shas = repository.bare
        .git(["rev-list", "--reverse", `${from}..${to}`])
        .split("\n")
        .filter(Boolean);
      const commits = shas.map((sha) => {
        const [name = "", email = "", message = ""] = repository.bare
          .git(["show", "-s", "--format=%an%x00%ae%x00%B", sha])
          .split("\0");
        return { sha, commit: { message: message.trim(), author: { name, email }, committer: { name, email } } };
      });
      return answer(200, {
        status: "ahead",
        ahead_by: commits.length,
        total_commits: commits.length,
        commits,
        files: [],
      });
    },
  ],
  [
    "POST",
    /^\/code-scanning\/sarifs$/,
    (request, { repository }) => {
      if (!may(request.token, "security_events", "write")) return forbidden();
      const sarif = gunzipSync(Buffer.from(text(request.body["sarif"]), "base64")).toString("utf8");
      repository.sarif.push({ ref: text(request.body["ref"]), commit: text(request.body["commit_sha"]), text: sarif });
      return answer(202, { id: "47177e22-5596-11eb-80a1-c1e54ef945c6", url: "https://api.github.invalid/sarif" });
    },
  ],
];

interface ReviewComment {
  readonly path?: unknown;
  readonly line?: unknown;
  readonly start_line?: unknown;
  readonly side?: unknown;
  readonly body?: unknown;
}

/** All comments of a review land, or none. */
function createReview(request: FakeRequest, context: Context, [number]: readonly string[]): FakeAnswer {
  const { repository } = context;
  const pull = findPull(context, number);
  if (!pull) return notFound();
  if (!may(request.token, "pull_requests", "write")) return forbidden();
  const head = headOf(repository, pull);
  const commit = request.body["commit_id"] ?? head;
  if (commit !== head)
    return answer(422, { message: "Unprocessable Entity", errors: ["commit_id is not part of the pull request"] });
  const files = new Map(diffOf(repository, pull).map((file) => [file.filename, file]));
  const given: unknown = request.body["comments"];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Each field is judged below.
  const comments = (Array.isArray(given) ? given : []) as readonly ReviewComment[];
  const threads: FakeThread[] = [];
  for (const comment of comments) {
    const path = text(comment.path);
    const lines = commentableLines(files.get(path)?.patch);
    const line = Number(comment.line);
    const start = comment.start_line === undefined ? null : Number(comment.start_line);
    const isGood = comment.side !== "LEFT" && lines.has(line) && (start === null || (lines.has(start) && start < line));
    if (!isGood) return answer(422, { message: "Unprocessable Entity", errors: ["Line could not be resolved"] });
    const body = text(comment.body);
    if (body.length > LONGEST_BODY) return tooLong();
    const own = newComment(request, context, body);
    const lineText = (repository.bare.read(head, path) ?? "").split("\n")[line - 1] ?? "";
    threads.push({ id: context.nextId(), path, line, startLine: start, lineText, isResolved: false, comments: [own] });
  }
  pull.threads.push(...threads);
  const event = text(request.body["event"]) || "PENDING";
  const id = context.nextId();
  pull.reviews.push({ id, body: text(request.body["body"]), event, comments: threads.length });
  const user = userJson(request.token.login, request.token.isBot);
  const url = `https://github.invalid/pull/${pull.number}`;
  const state = event === "COMMENT" ? "COMMENTED" : event;
  const links = { html: { href: url }, pull_request: { href: url } };
  return answer(200, {
    id,
    node_id: `PRR_${id}`,
    user,
    body: text(request.body["body"]),
    state,
    html_url: url,
    pull_request_url: url,
    _links: links,
    commit_id: head,
    author_association: "NONE",
  });
}

export function newComment({ token }: Pick<FakeRequest, "token">, { nextId, now }: Context, body: string): FakeComment {
  return { id: nextId(), body, author: token.login, isBot: token.isBot, createdAt: now(), minimized: null };
}

export const diffOf = (repository: FakeRepository, pull: FakePull) =>
  repository.bare.changedFiles(`refs/heads/${pull.baseRef}`, headOf(repository, pull));

const findPull = ({ repository }: Context, number: string | undefined): FakePull | undefined =>
  repository.pulls.find((pull) => pull.number === Number(number));

function findComment({ repository }: Context, id: string | undefined) {
  for (const pull of repository.pulls) {
    const comment = pull.comments.find((candidate) => candidate.id === Number(id));
    if (comment) return { pull, comment };
  }
  return null;
}

/** A page of a list with the `Link` header that clients follow. */
function page({ query, path }: FakeRequest, all: readonly unknown[]): FakeAnswer {
  const size = Math.min(100, Number(query.get("per_page") ?? 30));
  const at = Number(query.get("page") ?? 1);
  const more = new URLSearchParams(query);
  more.set("page", String(at + 1));
  const link = all.length > at * size ? { link: `<BASE${path}?${more.toString()}>; rel="next"` } : undefined;
  return answer(200, all.slice((at - 1) * size, at * size), link);
}

function commentJson(comment: FakeComment, pull: FakePull, { repository }: Context) {
  const url = `https://github.invalid/${repository.owner}/${repository.name}/pull/${pull.number}#issuecomment-${comment.id}`;
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url,
    html_url: url,
    issue_url: url,
    body: comment.body,
    user: userJson(comment.author, comment.isBot),
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    author_association: "NONE",
  };
}

const labelJson = (name: string) => ({
  id: 1,
  node_id: "LA_1",
  url: "https://github.invalid/label",
  name,
  description: null,
  color: "ededed",
  default: false,
});

const refJson = (ref: string, sha: string) => ({
  ref,
  node_id: "REF_1",
  url: "https://github.invalid/ref",
  object: { type: "commit", sha, url: "https://github.invalid/commit" },
});
