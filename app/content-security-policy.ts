import { createHash } from "node:crypto";

/**
 * What a page of the site may load and run: its own files, and the scripts that the build wrote into it (Starlight's
 * theme switch runs before the first paint and so stands in the page), each by its hash. Styles stand in attributes
 * (highlighted code), which no hash can name. The search and the playground are WebAssembly.
 */
export function contentSecurityPolicy(page: Uint8Array): string {
  const hashes = inlineScripts(new TextDecoder().decode(page)).map(
    (script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  const scripts = [...new Set(hashes)].sort();
  return [
    "default-src 'self'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...scripts].join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
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
