import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFakeGithub, type FakeGithub } from "#test/support/fake-github/fake-github.ts";
import { githubIdentity, IdentityError, type GithubIdentityOptions } from "./github-identity.ts";

const app = {
  clientId: "Iv1.0123456789abcdef",
  clientSecret: "0123456789abcdef0123456789abcdef01234567",
  callbackUrl: "http://127.0.0.1:4400/auth/callback",
};
const common = { ...app, repository: "outdoor/shop", timeoutMs: 2000 };

describe("GitHub's sign-in, as another double than ours has it", () => {
  let other: Emulator;
  let options: GithubIdentityOptions;
  beforeAll(async () => {
    const oauthApp = {
      client_id: app.clientId,
      client_secret: app.clientSecret,
      name: "Shop",
      redirect_uris: [app.callbackUrl],
    };
    other = await createEmulator({
      service: "github",
      port: 0,
      seed: {
        github: {
          users: [{ login: "outdoor", name: "Outdoor" }],
          repos: [{ owner: "outdoor", name: "shop", default_branch: "main", private: true }],
          oauth_apps: [oauthApp],
        },
      },
    });
    options = { ...common, serverUrl: other.url, apiUrl: other.url };
  });
  afterAll(() => other.close());

  /** What a browser brings back when somebody agrees on the page. */
  async function agreed(url: string): Promise<URL> {
    const { searchParams } = new URL(url);
    const asked = await fetch(url);
    expect([asked.status, asked.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/html")]);
    const body = new URLSearchParams({ ...Object.fromEntries(searchParams), login: "outdoor" });
    const sent = await fetch(`${other.url}/login/oauth/callback`, { method: "POST", body, redirect: "manual" });
    return new URL(sent.headers.get("location") ?? "");
  }

  test("gives a token for a code once, and says who somebody is", async () => {
    const provider = githubIdentity(options);
    const back = await agreed(provider.signInUrl({ state: "state & more", verifier: "verifier" }));
    expect(back.searchParams.get("state")).toBe("state & more");
    const brought = { code: back.searchParams.get("code") ?? "", verifier: "verifier" };
    const granted = await provider.exchange(brought);
    expect(granted).toEqual({ token: expect.stringMatching(/^gho_/), seconds: null });
    expect(await provider.exchange(brought)).toBeNull();
    expect(await provider.userOf(granted?.token ?? "")).toMatchObject({ login: "outdoor", name: "Outdoor" });
  });

  test("takes no code from a server with another secret", async () => {
    const provider = githubIdentity({ ...options, clientSecret: "wrong" });
    await expect(provider.exchange({ code: "0123", verifier: "verifier" })).rejects.toThrow(IdentityError);
  });
});

describe("GitHub's answers", () => {
  let github: FakeGithub;
  beforeAll(async () => {
    github = await startFakeGithub();
    github.addRepository({ isPrivate: true }).collaborators.set("ada", "maintain");
    github.oauth.apps.push({ ...app, tokenSeconds: 28_800 });
    github.addToken("ghu_ada", { login: "ada", isBot: false, isUser: true, permissions: {} });
    github.addToken("ghu_eve", { login: "eve", isBot: false, isUser: true, permissions: {} });
  });
  afterAll(() => github.close());
  const provider = () => githubIdentity({ ...common, serverUrl: github.url, apiUrl: github.apiUrl, timeoutMs: 200 });

  test("tell what somebody may do in a repository that others cannot see", async () => {
    expect(await provider().permissionOf("ghu_ada")).toBe("maintain");
    expect(await provider().permissionOf("ghu_eve")).toBe("none");
    expect(await provider().permissionOf("ghu_gone")).toBeNull();
  });

  test("say how long a token of a GitHub App lives", async () => {
    github.oauth.signedInAs = "ada";
    const sent = await fetch(provider().signInUrl({ state: "s", verifier: "v" }), { redirect: "manual" });
    const code = new URL(sent.headers.get("location") ?? "").searchParams.get("code") ?? "";
    expect(await provider().exchange({ code, verifier: "another" })).toBeNull();
    expect(await provider().exchange({ code, verifier: "v" })).toMatchObject({ seconds: 28_800 });
  });

  test.each([
    ["a failure", { status: 502, json: {} }],
    ["too many questions", { status: 429, json: {} }],
    ["a limit", { status: 403, json: {}, headers: { "retry-after": "60" } }],
    ["another form", { status: 200, json: { permissions: { admin: 1 } } }],
    ["a cut line", "cut" as const],
    ["silence", "silence" as const],
  ])("are neither yes nor no after %s", async (_, what) => {
    github.faults.push({ on: /^GET \/repos/, times: 1, what });
    await expect(provider().permissionOf("ghu_ada")).rejects.toThrow(IdentityError);
  });

  test.each([
    ["hidden", { status: 404, json: {} }],
    ["forbidden", { status: 403, json: {} }],
    ["without a word on rights", { status: 200, json: {} }],
  ])("give no right in a repository that is %s", async (_, what) => {
    github.faults.push({ on: /^GET \/repos/, times: 1, what });
    expect(await provider().permissionOf("ghu_ada")).toBe("none");
  });
});
