import { createVerify } from "node:crypto";
import { answer, forbidden, may, notFound, text, userJson, type FakeAnswer, type FakeRequest } from "./fake-state.ts";
import type { Context } from "./rest-routes.ts";

type Handler = (request: FakeRequest, context: Context, parts: readonly string[]) => FakeAnswer;

/** A check run as it stands. */
export interface FakeCheck {
  readonly id: number;
  readonly name: string;
  readonly head: string;
  status: string;
  conclusion: string | null;
  output: unknown;
  actions: unknown;
}

/** The REST calls that only the App makes. */
export const appRoutes: readonly (readonly [method: string, path: RegExp, handle: Handler])[] = [
  [
    "POST",
    /^\/check-runs$/,
    ({ body, token }, { repository, nextId }) => {
      if (!may(token, "checks", "write")) return forbidden();
      const head = text(body["head_sha"]);
      if (repository.bare.resolve(head) === null) return answer(422, { message: "No commit found for SHA" });
      const check: FakeCheck = {
        id: nextId(),
        name: text(body["name"]),
        head,
        status: text(body["status"]),
        conclusion: null,
        output: null,
        actions: [],
      };
      repository.checks.push(check);
      return answer(201, { ...check, head_sha: head });
    },
  ],
  [
    "PATCH",
    /^\/check-runs\/(\d+)$/,
    ({ body, token }, { repository }, [id]) => {
      const check = repository.checks.find((one) => one.id === Number(id));
      if (!check) return notFound();
      if (!may(token, "checks", "write")) return forbidden();
      const actions: unknown = body["actions"];
      const isTooMuch =
        (Array.isArray(actions) && (actions.length > 3 || actions.some(isTooLong))) ||
        text(Object(body["output"]).summary).length > 65_535;
      if (isTooMuch) return answer(422, { message: "Invalid request." });
      check.status = text(body["status"]);
      check.conclusion = text(body["conclusion"]) || null;
      check.output = body["output"];
      check.actions = actions ?? [];
      return answer(200, { ...check, head_sha: check.head });
    },
  ],
  [
    "POST",
    /^\/issues\/comments\/(\d+)\/reactions$/,
    ({ body, token }, { repository, nextId }, [id]) => {
      const comment = repository.pulls.flatMap(({ comments }) => comments).find((one) => one.id === Number(id));
      if (!comment) return notFound();
      const content = text(body["content"]);
      repository.reactions.push({ comment: comment.id, content });
      return answer(201, { id: nextId(), content, user: userJson(token.login, token.isBot) });
    },
  ],
];

/** GitHub's limits of a button's texts. */
function isTooLong(button: unknown): boolean {
  const { label = "", description = "", identifier = "" } = Object(button);
  return label.length > 20 || description.length > 40 || identifier.length > 20;
}

/** Whether a token is a JSON Web Token that the App's key has signed and whose time is not over. */
export function isAppToken(token: string, publicKey: string): boolean {
  const [head = "", body = "", signature = ""] = token.split(".");
  if (signature === "") return false;
  const verifier = createVerify("RSA-SHA256").update(`${head}.${body}`);
  if (!verifier.verify(publicKey, signature, "base64url")) return false;
  const { exp = 0 } = Object(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  return exp * 1000 > Date.now();
}
