import { z } from "zod";
import { frameworkIds } from "../frameworks/framework-ids.ts";

/** A path or a glob below the repository's root. Whether it stays there is checked when it is read (QG114). */
export const repositoryPath = z.string().min(1).max(1000);

const variable = z.string().regex(/^[^\r\n]*$/, "must be one line, so that line numbers stay right");

export const sourceSchema = z
  .strictObject({
    path: repositoryPath
      .optional()
      .describe(
        "Folder, file or glob with the schema, relative to the repository's root, such as `db/migrations`. A glob keeps only the files it matches and leaves their order to the framework. Every source has a path or a connection.",
      ),
    connection: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        "Name under `connections` of a running database that is the schema, in place of `path`; it is the only source of its database. Read on trusted events only (QG725), and on a pull request only when the base branch reads it too. `--live NAME` is the same on the command line.",
      ),
    command: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .describe(
        "Command for the shell that prints the schema's SQL, such as `python manage.py sqlmigrate shop 0001` or `alembic upgrade head --sql`, run at the repository's root in place of reading `path`, which then only names it. It runs on trusted events only (QG724), and on a pull request only when the base branch has the same command.",
      ),
    framework: z
      .enum(frameworkIds.map((id): string => id))
      .optional()
      .describe(
        "Migration framework whose rules order the files. Found from the files when absent; write it when two frameworks fit one folder equally well (QG112).",
      ),
    prelude: z
      .array(repositoryPath)
      .default([])
      .describe(
        "Scripts that run before everything else, for roles, schemas or extensions that the platform creates and the repository does not. What they create is not documented. Without them such objects are created empty and reported (QG203).",
      ),
    variables: z
      .record(z.string().min(1), variable)
      .default({})
      .describe(
        "Values for placeholders in the scripts, by name: Flyway's `${name}`, Go's `{{ .Name }}`, psql's `:name`. A placeholder without a value is reported (QG208) and its statement fails.",
      ),
  })
  .superRefine(fitTogether)
  .describe("One place the schema comes from.");

/** A source is files, what a command prints, or a running database. */
function fitTogether(
  source: {
    readonly path?: string | undefined;
    readonly connection?: string | undefined;
    readonly command?: string | undefined;
    readonly framework?: string | undefined;
    readonly prelude: readonly string[];
    readonly variables: Readonly<Record<string, string>>;
  },
  context: z.RefinementCtx,
): void {
  const { path, connection, command, framework, prelude, variables } = source;
  if ((path === undefined) === (connection === undefined))
    context.addIssue({ code: "custom", message: "must have either a path or a connection" });
  const isOfFiles = command ?? framework ?? (prelude.length > 0 || Object.keys(variables).length > 0 || undefined);
  if (connection !== undefined && isOfFiles !== undefined)
    context.addIssue({ code: "custom", message: "takes nothing beside a connection: the running database is whole" });
}
