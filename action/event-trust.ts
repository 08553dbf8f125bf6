import type { Trust } from "#schemas/ports.ts";
import { programRunner } from "./run-program.ts";

/** What a workflow's event says about who wrote the code that is checked out. */
export interface EventFacts {
  /** `push`, `pull_request`…; absent on a terminal. */
  readonly name?: string | undefined;
  /** Full name of the repository that the workflow runs in. */
  readonly repository?: string | undefined;
  /** Full name of the repository that the pull request's branch is in; null when it is gone. */
  readonly headRepository?: string | null | undefined;
}

/**
 * Whether programs of the checkout may run. On a terminal the code is the user's own. In a workflow, code of a push or
 * of a branch of the same repository is its writers' own; what comes from a fork is a stranger's, and an event that
 * gives a stranger's code the repository's keys is never trusted.
 */
export function eventTrust(root: string, event: EventFacts): Trust {
  const why = distrust(event);
  return why === null ? { kind: "trusted", run: programRunner(root) } : { kind: "untrusted", why };
}

function distrust({ name, repository, headRepository }: EventFacts): string | null {
  if (name === undefined || OWN_EVENTS.has(name)) return null;
  if (name !== "pull_request") return `code is not run on the event ${name}`;
  if (headRepository === undefined || headRepository === null)
    return "the pull request does not say where it comes from";
  return headRepository === repository ? null : "the pull request comes from a fork";
}

const OWN_EVENTS: ReadonlySet<string> = new Set(["push", "schedule", "workflow_dispatch", "merge_group", "release"]);
