/** A browser as far as a sign-in needs one: it keeps cookies by host, and follows redirects one step at a time. */
export interface FakeBrowser {
  readonly cookies: Map<string, string>;
  /** Follows no redirect. */
  readonly go: (url: string, init?: RequestInit) => Promise<Response>;
  /** Follows redirects, to GitHub and back, and gives the last answer. */
  readonly follow: (url: string) => Promise<{ readonly response: Response; readonly visited: readonly string[] }>;
}

const MOST_STEPS = 6;

export function fakeBrowser(own: string): FakeBrowser {
  const cookies = new Map<string, string>();
  const go: FakeBrowser["go"] = async (url, init = {}) => {
    const isOwn = new URL(url).origin === new URL(own).origin;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = new Headers(init.headers);
    if (isOwn && cookie !== "" && !headers.has("cookie")) headers.set("cookie", cookie);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of isOwn ? response.headers.getSetCookie() : []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0(;|$)/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  return {
    cookies,
    go,
    async follow(url) {
      const visited: string[] = [];
      for (let next = url; ;) {
        visited.push(next);
        const response = await go(next);
        const location = response.headers.get("location");
        if (location === null || visited.length >= MOST_STEPS) return { response, visited };
        next = new URL(location, next).href;
      }
    },
  };
}
