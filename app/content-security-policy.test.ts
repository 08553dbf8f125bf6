import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy.ts";

/** The scripts that a page may run besides files of its own. */
function check(html: string, scripts: readonly string[]): void {
  const hashes = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`).sort();
  const [, sources] =
    /script-src 'self' 'wasm-unsafe-eval' ?([^;]*);/.exec(contentSecurityPolicy(Buffer.from(html))) ?? [];
  expect(sources).toBe(hashes.join(" "));
}

test.each([
  ["none", "<p>Orders</p>", []],
  ["one, with its line ends as a browser reads them", "<script>a();\r\nb();</script>", ["a();\nb();"]],
  ["modules and shouted ones", "<SCRIPT type='module'>m()</SCRIPT>", ["m()"]],
  ["each once", "<script>a()</script><script>a()</script>", ["a()"]],
  ["up to the first closing tag", "<script>'<script>'</script> x </script>", ["'<script>'"]],
  ["with a closing bracket in an attribute", '<script data-x="a>b">a()</script>', ["a()"]],
  ["not those in files", '<script src="/x.js"></script><script type="module" src=/y.js>ignored()</script>', []],
  ["not those that are only text", "<p>&lt;script&gt;bad()&lt;/script&gt;</p>", []],
])("allows scripts: %s", (_what, html, scripts) => {
  expect.hasAssertions();
  check(html, scripts);
});

test.each([
  ["nothing but the site", "<p>https://api.example.org</p>", "'self'"],
  [
    "the services that the page names",
    '<meta name="querygenie-connect" content="https://api.example.org/v1 http://127.0.0.1:8080/v1">',
    "'self' https://api.example.org http://127.0.0.1:8080",
  ],
  [
    "no address that is none",
    '<meta name="querygenie-connect" content="* data: https://a.example/;script-src *">',
    "'self' https://a.example",
  ],
  ["no text that looks like it", '&lt;meta name="querygenie-connect" content="https://evil.example"&gt;', "'self'"],
])("lets a page connect to %s", (_name, html, expected) => {
  expect(/connect-src ([^;]*);/.exec(contentSecurityPolicy(Buffer.from(html)))?.[1]).toBe(expected);
});
