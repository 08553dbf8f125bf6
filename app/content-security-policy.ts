import { createHash } from "node:crypto";

/**
 * What a page of the site may load and run: its own files, and the scripts that the build wrote into it (Starlight's
 * theme switch runs before the first paint and so stands in the page), each by its hash. Styles stand in attributes
 * (highlighted code), which no hash can name. The search and the playground are WebAssembly.
 */
export function contentSecurityPolicy(page: Uint8Array): string {
  const html = new TextDecoder().decode(page);
  const hashes = inlineScripts(html).map(
    (script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  const scripts = [...new Set(hashes)].sort();
  return [
    "default-src 'self'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...scripts].join(" ")}`,
    `connect-src ${["'self'", ...ownKeyOrigins(html)].join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Services that the page says a reader's own key may be sent to, which it does only where the configuration allows
 * that. A text of the database cannot say it: it stands escaped in a page.
 */
function ownKeyOrigins(html: string): readonly string[] {
  const [, content = ""] = /<meta name="querygenie-connect" content="([^"]*)"/.exec(html) ?? [];
  const origins = content.split(" ").flatMap((url) => (URL.canParse(url) ? new URL(url).origin : []));
  return [...new Set(origins.filter((origin) => /^https?:\/\/[\w.:[\]-]+$/.test(origin)))];
}

/** Scripts that stand in a page, as a browser reads them: to the first closing tag, carriage returns made newlines. */
function inlineScripts(html: string): readonly string[] {
  const scripts: string[] = [];
  for (const [, attributes = "", content = ""] of html.matchAll(
    /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script/gi,
  )) {
    if (!/\bsrc\s*=/i.test(attributes) && content !== "") scripts.push(content.replaceAll(/\r\n?/g, "\n"));
  }
  return scripts;
}
