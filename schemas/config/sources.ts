import { z } from "zod";
import { frameworkIds } from "../frameworks/framework-ids.ts";

/** A path or a glob below the repository's root. Whether it stays there is checked when it is read (QG114). */
export const repositoryPath = z.string().min(1).max(1000);

const variable = z.string().regex(/^[^\r\n]*$/, "must be one line, so that line numbers stay right");

export const sourceSchema = z
  .strictObject({
    path: repositoryPath.describe(
      "Folder, file or glob with the schema, relative to the repository's root, such as `db/migrations`. A glob keeps only the files it matches and leaves their order to the framework.",
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
  .describe("One place the schema comes from.");
