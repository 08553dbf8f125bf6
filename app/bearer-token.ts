import { createHash, timingSafeEqual } from "node:crypto";

/** Whether an `Authorization` header bears a token; takes the same time for every wrong one. */
export function bears(authorization: string | null | undefined, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Digests have one length, which the comparison wants. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
