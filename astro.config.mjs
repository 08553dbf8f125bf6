// Plain JavaScript that imports no .ts: Astro loads this file with Node itself, and Node does not strip types from
// files under node_modules, where the package lies when another repository builds its site.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

const packageFolder = fileURLToPath(new URL(".", import.meta.url));
const dataFolder = resolve(process.env.QUERYGENIE_SITE_DATA ?? join(packageFolder, "site/.generated"));
const outFolder = resolve(process.env.QUERYGENIE_SITE_OUT ?? join(packageFolder, "dist/site"));
const cacheFolder = resolve(process.env.QUERYGENIE_SITE_CACHE ?? join(packageFolder, ".cache/site"));
const site = process.env.QUERYGENIE_SITE_URL;

const infoFile = join(dataFolder, "site.json");
const info = existsSync(infoFile) ? JSON.parse(readFileSync(infoFile, "utf8")) : {};

const own = (name) => fileURLToPath(new URL(`site/components/${name}.astro`, import.meta.url));

export default defineConfig({
  ...(site === undefined ? {} : { site }),
  base: process.env.QUERYGENIE_SITE_BASE ?? "/",
  srcDir: "./site",
  publicDir: "./site/public",
  outDir: outFolder,
  cacheDir: cacheFolder,
  trailingSlash: "always",
  prefetch: false,
  // A thousand pages that each carry the same rules weigh more than a file that all of them share.
  build: {
    inlineStylesheets: "never",
    // While the files of one page are written, others are drawn.
    concurrency: 4,
  },
  devToolbar: { enabled: false },
  // A worker that imports the engine by its address cannot be a script of the old kind.
  vite: {
    cacheDir: join(cacheFolder, "vite"),
    worker: { format: "es" },
    // A small script is a file too: in the page it would be in a thousand pages.
    build: { assetsInlineLimit: 0 },
  },
  integrations: [
    starlight({
      title: info.name ?? "Database",
      description: info.description ?? "",
      customCss: ["fonts", "theme", "frame", "parts", "search", "print"].map((name) => `./site/styles/${name}.css`),
      components: {
        PageTitle: own("PageTitle"),
        Search: own("Search"),
        Footer: own("Footer"),
        ThemeProvider: own("frame/ThemeProvider"),
        ThemeSelect: own("frame/ThemeSelect"),
        MobileMenuToggle: own("frame/MenuToggle"),
        Sidebar: own("frame/Sidebar"),
        PageSidebar: own("frame/PageSidebar"),
        SocialIcons: own("frame/None"),
        LanguageSelect: own("frame/None"),
      },
      routeMiddleware: "./site/route-middleware.ts",
      // Only guides are searched by Pagefind, and by a process of its own (action/site/index-guides.ts).
      pagefind: false,
      pagination: false,
      credits: false,
      head: [{ tag: "meta", attrs: { name: "robots", content: "noindex" } }],
      expressiveCode: {
        themes: ["github-dark", "github-light"],
        styleOverrides: {
          borderRadius: "6px",
          borderColor: "var(--sl-color-hairline)",
          frames: { shadowColor: "transparent" },
        },
      },
    }),
  ],
});
