/** Services that a page may ask directly, by the form of their API. */
export const OWN_KEY_PROVIDERS = ["gemini", "anthropic", "openai", "endpoint"] as const;
export type OwnKeyProvider = (typeof OWN_KEY_PROVIDERS)[number];

/** A reader's own key, and where it is sent: to this service, and nowhere else. */
export interface OwnKey {
  readonly provider: OwnKeyProvider;
  /** Empty for an endpoint that asks for none. */
  readonly key: string;
  readonly model: string;
  /** Of the API, without a slash at its end. */
  readonly baseUrl: string;
}

export const PROVIDER_NAMES: Readonly<Record<OwnKeyProvider, string>> = {
  gemini: "Gemini",
  anthropic: "Claude",
  openai: "OpenAI",
  endpoint: "OpenAI-compatible",
};

/** Where the services are. An endpoint is one of those that the site's configuration allows. */
export const PROVIDER_URLS: Readonly<Record<Exclude<OwnKeyProvider, "endpoint">, string>> = {
  gemini: "https://generativelanguage.googleapis.com",
  anthropic: "https://api.anthropic.com",
  openai: "https://api.openai.com/v1",
};

const STORE = "querygenie-own-key";
let inMemory: OwnKey | null = null;

/** The key of this tab, or null. */
export function ownKey(): OwnKey | null {
  return inMemory ?? readStored();
}

/** Holds a key until the page is left; with `keepsInTab`, until the tab is closed. Null forgets it in both places. */
export function holdOwnKey(key: OwnKey | null, keepsInTab: boolean): void {
  inMemory = key;
  sessionStorage.removeItem(STORE);
  if (key !== null && keepsInTab) sessionStorage.setItem(STORE, JSON.stringify(key));
}

/** Something else on this site's address may have written there, so that the form is looked at. */
function readStored(): OwnKey | null {
  const text = sessionStorage.getItem(STORE);
  if (text === null) return null;
  const stored: unknown = parsed(text);
  if (typeof stored !== "object" || stored === null) return null;
  const part = (name: string): string => {
    const value: unknown = Reflect.get(stored, name);
    return typeof value === "string" ? value : "";
  };
  const provider = OWN_KEY_PROVIDERS.find((id) => id === part("provider"));
  if (!provider || part("model") === "" || part("baseUrl") === "") return null;
  return { provider, key: part("key"), model: part("model"), baseUrl: part("baseUrl") };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
