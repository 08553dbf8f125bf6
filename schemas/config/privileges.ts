import { aiSchema } from "./ai.ts";
import { limitsSchema } from "./limits.ts";
import type { Config } from "./schema.ts";

/**
 * The configuration of a pull request with everything that widens rights taken from the base branch: whoever opens a
 * pull request may change what is documented, not where keys, rows and commits go. `floor` is what the owner's defaults say,
 * for a base that has no configuration of its own or none that can be read.
 */
export function withBasePrivileges(
  head: Config,
  base: Config | null,
  floor: Pick<Config, "ai" | "limits"> | null = null,
): Config {
  const allowed = new Set(
    (base?.databases ?? []).flatMap(({ sources }) => sources.flatMap(({ command }) => command ?? [])),
  );
  const isNewlyRead = readsNewly(head, base);
  const ai = base?.ai ?? floor?.ai ?? aiSchema.parse({});
  return {
    ...head,
    databases: head.databases.map((database) => ({
      ...database,
      // A command that the base branch does not have is none: its path is read instead.
      sources: database.sources.map(({ command, ...source }) =>
        command !== undefined && allowed.has(command) ? { ...source, command } : source,
      ),
    })),
    ai: { ...ai, enabled: ai.enabled && head.ai.enabled },
    publish: base?.publish ?? { ...head.publish, mode: "none" },
    // Neither is a running database the schema when the base branch does not take it for one.
    connections: Object.fromEntries(Object.entries(base?.connections ?? {}).filter(([name]) => !isNewlyRead(name))),
    limits: base?.limits ?? floor?.limits ?? limitsSchema.parse({}),
  };
}

/** Whether a connection is the source of a database in the pull request and of none in the base branch. */
function readsNewly(head: Config, base: Config | null): (name: string) => boolean {
  const sourcesOf = (config: Config | null): ReadonlySet<string> =>
    new Set((config?.databases ?? []).flatMap(({ sources }) => sources.flatMap(({ connection }) => connection ?? [])));
  const [before, now] = [sourcesOf(base), sourcesOf(head)];
  return (name) => now.has(name) && !before.has(name);
}
