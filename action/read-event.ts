import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { EventFacts } from "./event-trust.ts";

/** The event that this process runs in, by the runner's own variables; nothing on a terminal. */
export async function readEvent(environment: Readonly<Record<string, string | undefined>>): Promise<EventFacts> {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: repository } = environment;
  const said = environment["QUERYGENIE_TRUSTED"];
  if (said === "false") return { name: "that QUERYGENIE_TRUSTED=false names" };
  if (name === undefined || name === "") {
    // Another runner does not say where the code comes from.
    const isOther = environment["CI"] === "true" && said !== "true";
    return isOther ? { name: "of a runner that QUERYGENIE_TRUSTED says nothing about" } : {};
  }
  const text = path === undefined ? "" : await readFile(path, "utf8").catch(() => "");
  const event = eventSchema.safeParse(parsed(text));
  const headRepository = event.success ? (event.data.pull_request?.head.repo?.full_name ?? null) : null;
  return { name, repository, headRepository };
}

const eventSchema = z.object({
  pull_request: z.object({ head: z.object({ repo: z.object({ full_name: z.string() }).nullable() }) }).optional(),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
