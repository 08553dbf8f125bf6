import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { toolSchema } from "./report.ts";

export const DOCTOR_VERSION = 1;

/** What `querygenie doctor --format json` prints. No value of a key or connection is in it. */
export const doctorSchema = z.strictObject({
  version: z.literal(DOCTOR_VERSION),
  tool: toolSchema,
  checks: z.array(
    z.strictObject({
      /** Stable, such as `engine` or `connection:production`. */
      id: z.string(),
      status: z.enum(["ok", "warning", "failed", "skipped"]),
      message: z.string(),
      help: z.string().exactOptional(),
    }),
  ),
  /** The worst status of the checks. */
  status: z.enum(["ok", "warning", "failed"]),
});
export type DoctorResult = Frozen<z.output<typeof doctorSchema>>;

export const doctorExample: DoctorResult = {
  version: DOCTOR_VERSION,
  tool: { name: "querygenie", version: "0.1.0" },
  checks: [
    { id: "engine", status: "ok", message: "PGlite 18.6 starts." },
    {
      id: "connection:production",
      status: "skipped",
      message: "SHOP_DATABASE_URL is not set.",
      help: "Set it to compare with the running database.",
    },
  ],
  status: "ok",
};
