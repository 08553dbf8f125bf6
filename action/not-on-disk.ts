import type { Trust } from "#schemas/ports.ts";

/** For files that lie in git only: no program can read them there. */
export const notOnDisk: Trust = { kind: "untrusted", why: "the files of another revision are not on disk" };
