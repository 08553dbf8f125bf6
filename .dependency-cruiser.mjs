// The walls between the rooms: schemas ← generators ← action ← app, and site → schemas, generators.
// Run by scripts/walls.ts; scripts/walls.test.ts plants a violation of each rule.

import manifest from "./package.json" with { type: "json" };
import packages from "./scripts/bundled.json" with { type: "json" };

const tests = "(\\.test\\.ts$|/__fixtures__/|^site/test-support/)";
const rooms = "^(schemas|generators|action|app|site)/";

/**
 * Packages that `npm run build` copies into dist/, so that a user does not install them: what they weigh with all they
 * bring is many times what we use. They are devDependencies; scripts/bundled.test.ts holds the list.
 */
const bundled = `node_modules/(${packages.join("|")})/`;

/** Optional parts of the server: loaded lazily, and a problem says how to install what is missing. */
const peers = `node_modules/(${Object.keys(manifest.peerDependencies).join("|")})/`;

/** The declared exception of the direction of imports. */
const startsTheServer =
  "^action/(commands/(serve|site)|site/make-site|query-connection|server-settings|served-connections|ask-project|ask-ports|mcp/mcp-server)\\.ts$";

/** Files of the core that are adapters to the world: the only ones that may do IO. */
const adapters = [
  "^schemas/replay/",
  "^schemas/dialects/[^/]+/live/(?:guarded-socket|session)\\.ts$",
  "^schemas/languages/sql/postgres/libpg-query[^/]*$",
  "^schemas/languages/prisma/schema-engine\\.ts$",
  "^generators/ai/providers/",
];

export default {
  forbidden: [
    wall("schemas-is-the-floor", "^schemas/", "^(generators|action|app|site|scripts|bench)/"),
    wall("generators-know-schemas-only", "^generators/", "^(action|app|site|scripts|bench)/"),
    {
      ...wall("action-is-below-app", "^action/", "^(app|site|scripts|bench)/"),
      comment: "Only what starts the server or its query function may reach app/, and only by a lazy import.",
      from: { path: "^action/", pathNot: [tests, startsTheServer] },
    },
    {
      name: "the-server-starts-lazily",
      severity: "error",
      from: { path: startsTheServer },
      to: { path: "^(app|site|scripts|bench)/", dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    wall("app-is-no-page", "^app/", "^(site|scripts|bench)/"),
    wall("site-reads-schemas-and-generators", "^site/", "^(action|app|scripts|bench)/"),
    wall("no-test-code-in-production", rooms, "(^test/|\\.test\\.ts$|^site/test-support/)"),
    {
      name: "core-does-no-io",
      comment: "The core takes ports as arguments; node:* belongs to the edges and to named adapters.",
      severity: "error",
      from: { path: "^(schemas|generators)/", pathNot: [tests, ...adapters] },
      // A digest is computed, not read from anywhere.
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "core-opens-no-connection",
      comment: "Drivers, engines and SDKs of models belong to the named adapters.",
      severity: "error",
      from: { path: "^(schemas|generators)/", pathNot: [tests, ...adapters] },
      to: {
        path: "node_modules/(pg|mysql2|mssql|openai|probot|simple-git|@electric-sql|@anthropic-ai|@google|@octokit)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "the-browser-has-no-node",
      comment: "What a page loads must not reach a module of Node, however far away.",
      severity: "error",
      from: { path: "^site/browser/", pathNot: tests },
      to: {
        path: "^(node:)?(fs|path|os|url|crypto|child_process|module|http|https|net|stream|util)(/|$)",
        reachable: true,
      },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: { path: rooms },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "runtime-needs-are-dependencies",
      comment: "An installed package has no devDependencies, but what lies in its dist/.",
      severity: "error",
      from: { path: rooms, pathNot: tests },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
        pathNot: [bundled, peers],
      },
    },
    {
      name: "the-site-has-no-bundle",
      comment: "The site is built from its sources in the user's repository, where bundled packages are not installed.",
      severity: "error",
      from: { path: "^site/", pathNot: tests },
      to: { path: bundled, reachable: true },
    },
    {
      name: "every-import-is-found",
      severity: "error",
      from: { path: rooms },
      // Astro makes these while it builds.
      to: { couldNotResolve: true, pathNot: "^(astro|virtual):" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: ["node_modules", "^(test|scripts|bench)/"] },
    exclude: { path: ["\\.astro$", "^site/\\.generated/", "^dist/"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".mjs", ".js", ".json", ".d.ts"],
    },
  },
};

function wall(name, from, to) {
  return { name, severity: "error", from: { path: from, pathNot: tests }, to: { path: to } };
}
