import { z } from "zod";
import { dialectSchema } from "./database.ts";
import { repositoryPath } from "./sources.ts";

/** The name of an environment variable. A value that is a URL or a key is refused earlier and never printed (QG104). */
export const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "must be the NAME of an environment variable, such as SHOP_DATABASE_URL");

export const connectionsSchema = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes"),
    z
      .strictObject({
        urlFrom: variableName.describe(
          "Name of the environment variable that holds the connection's URL. The URL itself never stands in this file.",
        ),
        dialect: dialectSchema.optional().describe("Engine behind the URL. Read from the URL when absent."),
        tls: z
          .enum(["verify", "no-verify", "off"])
          .optional()
          .describe(
            "How the connection is protected. `verify` checks the server's certificate and is the default for any host but this machine; `no-verify` encrypts for whoever answers; `off` sends everything in the clear. Absent, the URL's own parameter counts (`sslmode`, `ssl-mode`, `encrypt`), where every mode but `disable` and `no-verify` checks.",
          ),
        tlsCa: repositoryPath
          .optional()
          .describe(
            "File with the certificates (PEM) of who may vouch for the server, when the system's do not. Relative to the repository's root.",
          ),
        role: z
          .enum(["read", "write", "admin"])
          .optional()
          .describe(
            "Least role that may query it on a server with sign-in; roles come from the permission in the repository. Default `write`. In a public repository everybody with an account on GitHub has `read`.",
          ),
        description: z.string().optional().describe("What the connection is for, shown where one is chosen."),
      })
      .describe("One running database."),
  )
  .default({})
  .describe(
    "Running databases by name, for `sources`, `diff --live`, statistics and the query function. On pull requests the base branch's are used.",
  );
