import { parse } from "yaml";

/** A workflow or action as text, and where it stands. */
export interface WorkflowText {
  readonly path: string;
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

interface Rule {
  readonly name: string;
  /** What is wrong, each in a few words. */
  readonly check: (text: string, workflow: Json) => readonly string[];
}

/** What is wrong with a workflow by the rules that keep strangers out, each with the rule's name. */
export function workflowFaults({ path, text }: WorkflowText): readonly string[] {
  const workflow = record(parse(text));
  return rules.flatMap(({ name, check }) => check(text, workflow).map((fault) => `${path}: ${name}: ${fault}`));
}

/** Our own action is named by a version that never moves; everybody else's by its commit. */
const PINNED = /^(?:\.\/|querygenie\/querygenie(?:\/[\w./-]+)?@v\d+\.\d+\.\d+$|[\w.-]+\/[\w./-]+@[0-9a-f]{40}$)/;

const rules: readonly Rule[] = [
  {
    name: "unpinned-uses",
    check: (text, workflow) => [
      ...usesOf(workflow).filter((uses) => !PINNED.test(uses)),
      ...text.split("\n").filter((line) => /uses: .*@[0-9a-f]{40}\s*$/.test(line)),
    ],
  },
  {
    name: "excessive-permissions",
    check: (_, workflow) => {
      if (workflow["jobs"] === undefined) return [];
      const top = workflow["permissions"];
      if (top === undefined) return ["no permissions at the top"];
      if (typeof top === "string") return [`permissions: ${top}`];
      return Object.entries(record(top)).flatMap(([name, level]) =>
        level === "write" ? [`${name}: write for all jobs`] : [],
      );
    },
  },
  {
    name: "undocumented-permissions",
    check: (text) =>
      text.split("\n").filter((line) => /^\s+[a-z-]+: (?:read|write)\s*$/.test(line) && !/ #/.test(line)),
  },
  {
    name: "template-injection",
    check: (_, workflow) =>
      stepsOf(workflow).flatMap(({ run }) => (typeof run === "string" && run.includes("${{") ? [run] : [])),
  },
  {
    name: "dangerous-triggers",
    check: (text, workflow) => {
      const events = eventsOf(workflow["on"]);
      const faults = events.includes("pull_request_target") ? ["pull_request_target"] : [];
      // Whatever a finished run left is a stranger's; its code must not be there to be run.
      if (events.includes("workflow_run") && text.includes("actions/checkout@"))
        faults.push("checkout in workflow_run");
      return faults;
    },
  },
  {
    name: "artipacked",
    check: (_, workflow) =>
      stepsOf(workflow).flatMap(({ uses, with: given }) =>
        String(uses).startsWith("actions/checkout@") && record(given)["persist-credentials"] !== false
          ? ["checkout keeps the credentials"]
          : [],
      ),
  },
  { name: "secrets-inherit", check: (text) => (/secrets:\s*inherit/.test(text) ? ["secrets: inherit"] : []) },
  { name: "bot-conditions", check: (text) => (/github\.(?:triggering_)?actor/.test(text) ? ["github.actor"] : []) },
  { name: "github-env", check: (text) => (/GITHUB_(?:ENV|PATH)\b/.test(text) ? ["writes the environment"] : []) },
  {
    name: "insecure-commands",
    check: (text) => (/::set-(?:output|env)|ACTIONS_ALLOW_UNSECURE/.test(text) ? ["old commands"] : []),
  },
  {
    name: "concurrency-limits",
    check: (_, workflow) => {
      const isCalled = Object.keys(record(workflow["on"])).join() === "workflow_call";
      return workflow["jobs"] !== undefined && !isCalled && workflow["concurrency"] === undefined
        ? ["no concurrency"]
        : [];
    },
  },
  {
    name: "no-timeout",
    check: (_, workflow) =>
      Object.entries(record(workflow["jobs"])).flatMap(([name, job]) =>
        record(job)["uses"] === undefined && record(job)["timeout-minutes"] === undefined ? [name] : [],
      ),
  },
  {
    name: "cache-poisoning",
    check: (text) => (text.includes("npm publish") && /cache:/.test(text) ? ["a release restores a cache"] : []),
  },
  {
    name: "use-trusted-publishing",
    check: (text) =>
      text.includes("npm publish") && /NODE_AUTH_TOKEN|NPM_TOKEN/.test(text) ? ["a long-lived token"] : [],
  },
];

interface Step {
  readonly uses?: unknown;
  readonly run?: unknown;
  readonly with?: unknown;
}

/** Names of what starts a workflow: `on` is a name, a list of names, or settings by name. */
function eventsOf(on: unknown): readonly string[] {
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(record(on));
}

function stepsOf(workflow: Json): readonly Step[] {
  const lists = [
    record(workflow["runs"])["steps"],
    ...Object.values(record(workflow["jobs"])).map((job) => record(job)["steps"]),
  ];
  return lists.flatMap((steps) => (Array.isArray(steps) ? steps.map(record) : []));
}

function usesOf(workflow: Json): readonly string[] {
  const jobs = Object.values(record(workflow["jobs"])).map((job) => record(job)["uses"]);
  const steps = stepsOf(workflow).map(({ uses }) => uses);
  return [...jobs, ...steps].filter((uses) => typeof uses === "string");
}

const record = (value: unknown): Json => Object(value);
