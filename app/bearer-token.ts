import { isSame } from "./sign-in/secrets.ts";

/** What an `Authorization` header bears; null when it bears no token. */
export const bearerOf = (authorization: string | null | undefined): string | null =>
  /^Bearer ([^\s]+)$/i.exec(authorization ?? "")?.[1] ?? null;

/** Whether an `Authorization` header bears a token; takes the same time for every wrong one. */
export function bears(authorization: string | null | undefined, token: string): boolean {
  const given = bearerOf(authorization);
  return given !== null && isSame(given, token);
}
