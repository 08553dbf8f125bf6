import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { contentSecurityPolicy } from "./content-security-policy.ts";

/** A file of the site, or what is answered in its place. */
export interface StaticAnswer {
  readonly status: 200 | 304 | 308 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

export interface StaticSite {
  /**
   * `pathname` as a URL holds it, percent-encoded, below the base path; begins with a slash. Null, for what lies outside
   * of the base path, is never found.
   */
  read(pathname: string | null, conditions: { readonly ifNoneMatch?: string | undefined }): Promise<StaticAnswer>;
}

/** The built site as it is served. Nothing outside of `folder` is read, neither by `..` nor by a link. */
export function staticSite(folder: string, { basePath = "" }: { readonly basePath?: string } = {}): StaticSite {
  return {
    async read(pathname, { ifNoneMatch }) {
      const found = pathname === null ? null : await find(folder, pathname);
      if (pathname === null || found === null) return notFound(folder);
      if (found.kind === "folder") {
        // Relative links of the page count from its folder.
        return { status: 308, headers: { ...common, location: `${basePath}${pathname}/` }, body: null };
      }
      const body = await readFile(found.path);
      const headers = headersOf(found.path, pathname, body);
      if (matches(ifNoneMatch, headers["etag"])) return { status: 304, headers, body: null };
      return { status: 200, headers, body };
    },
  };
}

type Found = { readonly kind: "file"; readonly path: string } | { readonly kind: "folder" };

async function find(folder: string, pathname: string): Promise<Found | null> {
  const segments = toSegments(pathname);
  if (segments === null) return null;
  const path = join(folder, ...segments);
  const entry = await entryOf(path);
  if (entry === null) return null;
  if (entry === "folder" && !pathname.endsWith("/")) {
    return (await entryOf(join(path, "index.html"))) === "file" ? { kind: "folder" } : null;
  }
  const file = entry === "folder" ? join(path, "index.html") : path;
  if ((await entryOf(file)) !== "file" || (entry === "file" && pathname.endsWith("/"))) return null;
  const [root, real] = await Promise.all([realpath(folder), realpath(file)]);
  return real.startsWith(root + sep) ? { kind: "file", path: real } : null;
}

/** The parts of a path, decoded; null when one of them could mean anything but a name in its folder. */
function toSegments(pathname: string): readonly string[] | null {
  const segments: string[] = [];
  for (const part of pathname.split("/").filter((text) => text !== "")) {
    const name = decode(part);
    // A name that begins with a dot is not part of a site: `.git`, `.env`, `..`.
    if (name === null || name.startsWith(".") || /[/\\\0:]/.test(name)) return null;
    segments.push(name);
  }
  return segments;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

async function entryOf(path: string): Promise<"file" | "folder" | null> {
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) return "folder";
    return entry.isFile() ? "file" : null;
  } catch (error) {
    if (error instanceof Error && "code" in error && missing.has(String(error.code))) return null;
    throw error;
  }
}

/** Not there; a part that is no folder; a name longer than the file system takes; a circle of links; not ours to read. */
const missing: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EACCES"]);

async function notFound(folder: string): Promise<StaticAnswer> {
  const path = join(folder, "404.html");
  const hasPage = (await entryOf(path)) === "file";
  const body = hasPage ? await readFile(path) : new TextEncoder().encode("Not found\n");
  const headers = {
    ...common,
    "content-type": hasPage ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
    "content-security-policy": contentSecurityPolicy(body),
    "cache-control": "no-cache",
  };
  return { status: 404, headers, body };
}

function headersOf(path: string, pathname: string, body: Uint8Array): Record<string, string> {
  const extension = extname(path).toLowerCase();
  const isPage = extension === ".html";
  return {
    ...common,
    "content-type": types.get(extension) ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`,
    // Astro puts a hash of the content into these names.
    "cache-control": pathname.startsWith("/_astro/") ? "public, max-age=31536000, immutable" : "no-cache",
    ...(isPage || extension === ".svg" ? { "content-security-policy": contentSecurityPolicy(body) } : {}),
  };
}

function matches(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  const asked = ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return asked.includes("*") || asked.includes(etag);
}

const common = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
} as const;

const types: ReadonlyMap<string, string> = new Map([
  [".avif", "image/avif"],
  [".css", "text/css; charset=utf-8"],
  [".data", "application/octet-stream"],
  [".gif", "image/gif"],
  [".html", "text/html; charset=utf-8"],
  [".ico", "image/x-icon"],
  [".jpg", "image/jpeg"],
  [".js", "text/javascript; charset=utf-8"],
  [".json", "application/json"],
  [".map", "application/json"],
  [".md", "text/markdown; charset=utf-8"],
  [".mjs", "text/javascript; charset=utf-8"],
  [".pagefind", "application/octet-stream"],
  [".png", "image/png"],
  [".sql", "text/plain; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".txt", "text/plain; charset=utf-8"],
  [".wasm", "application/wasm"],
  [".webmanifest", "application/manifest+json"],
  [".webp", "image/webp"],
  [".woff", "font/woff"],
  [".woff2", "font/woff2"],
  [".xml", "application/xml"],
]);
