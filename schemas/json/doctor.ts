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
      name: z.string(),
      status: z.enum(["ok", "warning", "failed"]),
      /** What was found, and for anything but `ok` what to do. */
      detail: z.string(),
    }),
  ),
});
export type DoctorResult = Frozen<z.output<typeof doctorSchema>>;

export const doctorExample: DoctorResult = {
  version: DOCTOR_VERSION,
  tool: "0.1.0",
  checks: [
    { name: "node", status: "ok", detail: "Node 24.21.0" },
    {
      name: "git",
      status: "warning",
      detail: "no git repository here; diff and review compare folders and files only",
    },
  ],
};
