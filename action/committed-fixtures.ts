import type { Project, ProjectDatabase } from "./project.ts";

/** The committed fixtures of a database; empty when there are none. */
export async function committedFixtures(project: Project, { settings }: ProjectDatabase): Promise<string> {
  const bytes = await project.workspace.read(`${project.config.output.fixtures}/${settings.id}.sql`);
  return bytes === null ? "" : new TextDecoder().decode(bytes);
}
