import { z } from "zod/mini";
import { button, element } from "./element.ts";

const meAnswer = z.object({
  signIn: z.nullable(z.string()),
  user: z.nullable(z.object({ login: z.string() })),
  csrfToken: z.nullable(z.string()),
});
const connectionsAnswer = z.array(z.object({ name: z.string(), label: z.string(), isDefault: z.boolean() }));

type Me = z.infer<typeof meAnswer>;

/** A running database that the server queries for this reader. */
export interface ServedConnection {
  readonly name: string;
  readonly label: string;
}

/** Who reads the page, as the server knows it. */
export interface Account {
  /** Headers that prove to the server that a request is this page's. Asks the server again when `isAnew`. */
  readonly proof: (options?: { readonly isAnew?: boolean }) => Promise<Readonly<Record<string, string>>>;
  /** What to show: a link to sign in, or who is signed in and a way out; null where nobody can sign in. */
  readonly view: () => Promise<HTMLElement | null>;
  /** The running databases that this reader may query. */
  readonly connections: () => Promise<readonly ServedConnection[]>;
}

/** The account at the query function at `url`. A server that knows no accounts, or another host, has none. */
export function accountAt(url: string): Account {
  let known: Promise<Me | null> | undefined;
  const me = (): Promise<Me | null> => (known ??= told(`${url}/me`, meAnswer));
  const proof: Account["proof"] = async ({ isAnew = false } = {}) => {
    if (isAnew) known = undefined;
    const token = (await me())?.csrfToken ?? null;
    return token === null ? {} : { "x-csrf-token": token };
  };
  return {
    proof,
    async view() {
      const account = await me();
      if (account === null || account.signIn === null) return null;
      return account.user === null ? signInLink(account.signIn) : signedIn(account.user.login, url, proof);
    },
    async connections() {
      const listed = (await told(`${url}/connections`, connectionsAnswer)) ?? [];
      return listed.filter(({ isDefault }) => !isDefault);
    },
  };
}

/** What the server tells; null for what is no answer of it. */
async function told<T>(address: string, schema: z.ZodMiniType<T>): Promise<T | null> {
  const response = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null);
  if (response === null || !response.ok) return null;
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  return parsed.success ? parsed.data : null;
}

/** Comes back to this page with its query. */
function signInLink(address: string): HTMLElement {
  const target = new URL(address, location.href);
  target.searchParams.set("return_to", location.pathname + location.search);
  return element("a", { href: target.href, textContent: "Sign in with GitHub" });
}

function signedIn(login: string, url: string, proof: Account["proof"]): HTMLElement {
  const out = button("Sign out", () => void signOut(url, proof), "");
  return element("span", {}, [element("span", { textContent: `Signed in as ${login} ` }), out]);
}

async function signOut(url: string, proof: Account["proof"]): Promise<void> {
  const logout = new URL("../auth/logout", new URL(`${url}/`, location.href));
  await fetch(logout, { method: "POST", headers: await proof({ isAnew: true }) });
  location.reload();
}
