import { z } from "zod";

const place = { installation: z.int(), owner: z.string(), repo: z.string() };
const sha = z.string().regex(/^[0-9a-f]{40,64}$/);

/** What is to be done for a delivery, without the rest of its payload. */
export const jobSchema = z.discriminatedUnion("kind", [
  /** Review a pull request as it is when the job starts. */
  z.object({ kind: z.literal("pull-request"), ...place, number: z.int() }),
  /** Bring the committed files of the default branch up to date. */
  z.object({ kind: z.literal("branch"), ...place, branch: z.string() }),
  /** Propose a configuration to a repository that the App was installed in. */
  z.object({ kind: z.literal("onboard"), ...place }),
  z.object({ kind: z.literal("merge-group"), ...place, base: sha, head: sha }),
  /** Commit the files of a pull request, asked for by a button. */
  z.object({ kind: z.literal("docs"), ...place, number: z.int(), user: z.string() }),
  /** Commit the safe forms of a pull request's findings, asked for by a button on the check of a commit. */
  z.object({ kind: z.literal("fixes"), ...place, number: z.int(), user: z.string(), head: sha }),
  /** A comment that begins with our name. */
  z.object({
    kind: z.literal("command"),
    ...place,
    number: z.int(),
    comment: z.int(),
    user: z.string(),
    /** Login of who opened the pull request. */
    author: z.string(),
    text: z.string(),
  }),
]);
export type Job = z.infer<typeof jobSchema>;

/** Name of our check run; others' reruns are not ours. */
export const CHECK_NAME = "QueryGenie";
/** Identifier of the button that commits the files. */
export const DOCS_BUTTON = "docs";
/** Identifier of the button that commits safe forms. */
export const FIXES_BUTTON = "fixes";
/** Characters of a comment that are read. */
const LONGEST_COMMAND = 4096;

const repository = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  default_branch: z.string(),
});
const common = { installation: z.object({ id: z.int() }), repository };
const numbered = z.array(z.object({ number: z.int() }));
const user = z.object({ login: z.string(), type: z.string() });

/** An installation is of no repository, so its deliveries have another head. */
const installation = z.object({ id: z.int(), account: z.object({ login: z.string() }) });
const repositories = z.array(z.object({ name: z.string() })).default([]);
/** Repositories of one delivery that are looked at. GitHub names up to some hundred. */
const MOST_ONBOARDED = 200;

const payloads = {
  installation: z.object({ action: z.string(), installation, repositories }),
  installation_repositories: z.object({ action: z.string(), installation, repositories_added: repositories }),
  pull_request: z.object({ ...common, action: z.string(), number: z.int() }),
  push: z.object({ ...common, ref: z.string(), deleted: z.boolean() }),
  merge_group: z.object({ ...common, action: z.string(), merge_group: z.object({ base_sha: sha, head_sha: sha }) }),
  issue_comment: z.object({
    ...common,
    action: z.string(),
    issue: z.object({ number: z.int(), user, pull_request: z.unknown().optional() }),
    comment: z.object({ id: z.int(), body: z.string(), user, performed_via_github_app: z.unknown().optional() }),
  }),
  check_run: z.object({
    ...common,
    action: z.string(),
    sender: user,
    requested_action: z.object({ identifier: z.string() }).optional(),
    check_run: z.object({ name: z.string(), head_sha: sha, pull_requests: numbered }),
  }),
  check_suite: z.object({ ...common, action: z.string(), check_suite: z.object({ pull_requests: numbered }) }),
} as const;

type EventName = keyof typeof payloads;
/** Events that mean something here; every other delivery is thanked for and forgotten. */
export const isEvent = (name: string): name is EventName => Object.hasOwn(payloads, name);

const REVIEWED: ReadonlySet<string> = new Set(["opened", "reopened", "synchronize", "ready_for_review"]);

/** The jobs of a delivery; null when its payload has another form than its event's. */
export function toJobs(event: EventName, payload: unknown): readonly Job[] | null {
  if (event === "installation" || event === "installation_repositories") return onboarded(event, payload);
  const head = z.object(common).safeParse(payload);
  if (!head.success) return null;
  const { installation, repository: of } = head.data;
  const at = { installation: installation.id, owner: of.owner.login, repo: of.name };
  const reviews = (pulls: readonly { readonly number: number }[]): readonly Job[] =>
    pulls.map(({ number }) => ({ kind: "pull-request", ...at, number }));
  switch (event) {
    case "pull_request": {
      const { data } = payloads.pull_request.safeParse(payload);
      return data ? reviews(REVIEWED.has(data.action) ? [data] : []) : null;
    }
    case "push": {
      const { data } = payloads.push.safeParse(payload);
      if (!data) return null;
      const isDefault = data.ref === `refs/heads/${of.default_branch}` && !data.deleted;
      return isDefault ? [{ kind: "branch", ...at, branch: of.default_branch }] : [];
    }
    case "merge_group": {
      const { data } = payloads.merge_group.safeParse(payload);
      if (!data) return null;
      const { base_sha: base, head_sha: tip } = data.merge_group;
      return data.action === "checks_requested" ? [{ kind: "merge-group", ...at, base, head: tip }] : [];
    }
    case "issue_comment": {
      const { data } = payloads.issue_comment.safeParse(payload);
      return data ? commandsOf(data, at) : null;
    }
    case "check_run": {
      const { data } = payloads.check_run.safeParse(payload);
      if (!data) return null;
      const { action, check_run: check, requested_action: asked, sender } = data;
      if (check.name !== CHECK_NAME) return [];
      if (action === "rerequested") return reviews(check.pull_requests);
      if (action !== "requested_action") return [];
      return check.pull_requests.flatMap(({ number }): readonly Job[] => {
        const pressed = { ...at, number, user: sender.login };
        if (asked?.identifier === DOCS_BUTTON) return [{ kind: "docs", ...pressed }];
        return asked?.identifier === FIXES_BUTTON ? [{ kind: "fixes", ...pressed, head: check.head_sha }] : [];
      });
    }
    case "check_suite": {
      const { data } = payloads.check_suite.safeParse(payload);
      return data ? reviews(data.action === "rerequested" ? data.check_suite.pull_requests : []) : null;
    }
    default:
      return event satisfies never;
  }
}

/** Repositories that the App sees for the first time. */
function onboarded(event: "installation" | "installation_repositories", payload: unknown): readonly Job[] | null {
  const { data } = payloads[event].safeParse(payload);
  if (!data) return null;
  const { action, installation: of } = data;
  const added = "repositories" in data ? data.repositories : data.repositories_added;
  if (action !== (event === "installation" ? "created" : "added")) return [];
  return added
    .slice(0, MOST_ONBOARDED)
    .map(({ name }) => ({ kind: "onboard", installation: of.id, owner: of.account.login, repo: name }));
}

/** New comments of people on pull requests: a bot may repeat what a stranger wrote, and an edit may be anybody's. */
function commandsOf(
  { action, issue, comment }: z.infer<(typeof payloads)["issue_comment"]>,
  at: Pick<Job, "installation" | "owner" | "repo">,
): readonly Job[] {
  const isOfPerson = comment.user.type === "User" && !comment.performed_via_github_app;
  if (action !== "created" || !issue.pull_request || !isOfPerson) return [];
  if (!/^\/querygenie(?:\s|$)/.test(comment.body)) return [];
  const text = comment.body.slice(0, LONGEST_COMMAND);
  const who = { comment: comment.id, user: comment.user.login, author: issue.user.login };
  return [{ kind: "command", ...at, number: issue.number, ...who, text }];
}
