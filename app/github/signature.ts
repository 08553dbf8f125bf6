import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether GitHub signed these very bytes with one of the secrets: the present one, and while it is being replaced the
 * one before. `header` is `X-Hub-Signature-256`.
 */
export function isSigned(body: Uint8Array, header: string | undefined, secrets: readonly string[]): boolean {
  const given = /^sha256=([0-9a-f]{64})$/.exec(header ?? "")?.[1];
  if (given === undefined) return false;
  const claimed = Buffer.from(given, "hex");
  // Each one is compared, so that the time does not tell which.
  const matches = secrets.map((secret) => timingSafeEqual(createHmac("sha256", secret).update(body).digest(), claimed));
  return matches.includes(true);
}
