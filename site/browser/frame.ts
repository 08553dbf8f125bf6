// What the frame around each page does with a script: the theme, and which heading one is at. Without it both are
// the browser's own.

import { element } from "./element.ts";

const THEMES = [
  ["dark", "Dark"],
  ["light", "Light"],
  ["", "Auto"],
] as const;
const KEY = "starlight-theme";
const light = matchMedia("(prefers-color-scheme: light)");

function kept(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function showTheme(theme: string): void {
  document.documentElement.dataset["theme"] = theme || (light.matches ? "light" : "dark");
  for (const select of document.querySelectorAll<HTMLSelectElement>("qg-theme select")) select.value = theme;
}

function keepTheme(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The browser keeps nothing; the theme holds for this page.
  }
  showTheme(theme);
}

function offerThemes(): void {
  for (const place of document.querySelectorAll("qg-theme")) {
    const options = THEMES.map(([value, textContent]) => element("option", { value, textContent }));
    const select = element("select", { ariaLabel: "Theme", autocomplete: "off" }, options);
    select.addEventListener("change", () => keepTheme(select.value));
    place.replaceChildren(select);
  }
  light.addEventListener("change", () => showTheme(kept()));
  showTheme(kept());
}

/** Marks the heading that one reads in the lists of headings. */
function followHeadings(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".qg-toc a")];
  const headings = links.flatMap(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))) ?? []);
  if (headings.length === 0) return;
  const mark = (): void => {
    const top = innerHeight / 4;
    const at = headings.findLast((heading) => heading.getBoundingClientRect().top < top) ?? headings[0];
    for (const link of links) {
      if (decodeURIComponent(link.hash.slice(1)) === at?.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -75%" });
  for (const heading of headings) observer.observe(heading);
}

/** The page one is on stays in sight in a long list. */
function showCurrentPage(): void {
  document.querySelector(".sidebar-pane [aria-current='page']")?.scrollIntoView({ block: "nearest" });
}

offerThemes();
followHeadings();
showCurrentPage();
