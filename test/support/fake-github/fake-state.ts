import type { FakeCheck } from "./app-routes.ts";
import type { BareRepository } from "./bare-repository.ts";

export type Level = "none" | "read" | "write";
export type Scope = "contents" | "pull_requests" | "issues" | "security_events" | "checks" | "actions";

/** Who a token is and what it may do. */
export interface FakeToken {
  readonly login: string;
  readonly isBot: boolean;
  readonly permissions: Readonly<Partial<Record<Scope, Level>>>;
  /** A person's own, from a sign-in: it sees what the person may see. Default false. */
  readonly isUser?: boolean;
}

export interface FakeComment {
  readonly id: number;
  body: string;
  readonly author: string;
  readonly isBot: boolean;
  readonly createdAt: string;
  minimized: string | null;
}

export interface FakeThread {
  readonly id: number;
  readonly path: string;
  readonly line: number;
  readonly startLine: number | null;
  /** Text of the line when the comment was made; the thread is outdated when the diff has no such line any more. */
  readonly lineText: string;
  isResolved: boolean;
  readonly comments: FakeComment[];
}

export interface FakePull {
  readonly number: number;
  title: string;
  body: string;
  readonly headRef: string;
  /** Full name of the repository the branch is in; another one for a fork. */
  readonly headRepo: string;
  readonly baseRef: string;
  state: "open" | "closed";
  merged: boolean;
  readonly user: string;
  readonly labels: Set<string>;
  readonly comments: FakeComment[];
  readonly threads: FakeThread[];
  readonly reviews: { readonly id: number; readonly body: string; readonly event: string; readonly comments: number }[];
}

export interface FakeRepository {
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  readonly bare: BareRepository;
  readonly protectedBranches: Set<string>;
  /** Setting "Allow GitHub Actions to create and approve pull requests". */
  allowsActionsPullRequests: boolean;
  readonly collaborators: Map<string, "admin" | "maintain" | "write" | "triage" | "read" | "none">;
  readonly pulls: FakePull[];
  readonly checks: FakeCheck[];
  /** Reactions to comments, in the order they came. */
  readonly reactions: { readonly comment: number; readonly content: string }[];
  readonly sarif: { readonly ref: string; readonly commit: string; readonly text: string }[];
}

/** An answer of the API: a status, headers beyond the usual ones, and JSON. */
export interface FakeAnswer {
  readonly status: number;
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeRequest {
  readonly method: string;
  /** Path below the API's root, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: FakeToken;
}

export const answer = (status: number, json: unknown, headers?: Readonly<Record<string, string>>): FakeAnswer => ({
  status,
  json,
  ...(headers ? { headers } : {}),
});

export const notFound = (): FakeAnswer => answer(404, { message: "Not Found", documentation_url: docs, status: "404" });
export const forbidden = (): FakeAnswer =>
  answer(403, { message: "Resource not accessible by integration", documentation_url: docs, status: "403" });
export const invalid = (...errors: readonly unknown[]): FakeAnswer =>
  answer(422, { message: "Validation Failed", errors, documentation_url: docs, status: "422" });

const docs = "https://docs.github.com/rest";

/** GitHub's own limit of a body; not in its published description. */
export const LONGEST_BODY = 65_536;

export const may = ({ permissions }: FakeToken, scope: Scope, level: "read" | "write"): boolean =>
  permissions[scope] === "write" || (level === "read" && permissions[scope] === "read");

/** On pull requests either permission will do. */
export const mayDiscuss = (token: FakeToken): boolean =>
  may(token, "issues", "write") || may(token, "pull_requests", "write");

/** Commit of a pull request's head. */
export const headOf = ({ bare }: FakeRepository, pull: FakePull): string =>
  bare.resolve(`refs/pull/${pull.number}/head`) ?? "0".repeat(40);

export const text = (value: unknown): string => (typeof value === "string" ? value : "");

export function userJson(login: string, isBot: boolean): Readonly<Record<string, unknown>> {
  const id = [...login].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7);
  const url = `https://github.invalid/${login}`;
  const links = Object.fromEntries(
    [
      "url",
      "html_url",
      "followers_url",
      "following_url",
      "gists_url",
      "starred_url",
      "subscriptions_url",
      "organizations_url",
      "repos_url",
      "events_url",
      "received_events_url",
    ].map((key) => [key, url]),
  );
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: url,
    gravatar_id: "",
    ...links,
    type: isBot ? "Bot" : "User",
    site_admin: false,
  };
}
