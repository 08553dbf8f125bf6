import type { Hit } from "./schema-search.ts";

export interface GuideHit {
  readonly href: string;
  readonly title: string;
  readonly snippet: string;
}

/** Fills a listbox with two groups of links. Every text goes in as text. */
export function showResults(list: HTMLElement, schema: readonly Hit[], guides: readonly GuideHit[]): void {
  const groups = [
    group(
      "Schema",
      schema.map((hit) => option({ ...hit, mark: hit.kind })),
    ),
    group(
      "Guides",
      guides.map((hit) => option({ ...hit, mark: "guide" })),
    ),
  ];
  list.replaceChildren(...groups.flatMap((one) => one ?? []));
  for (const [position, found] of list.querySelectorAll("[role=option]").entries()) found.id = `qg-option-${position}`;
}

function group(title: string, options: readonly HTMLElement[]): HTMLElement | null {
  if (options.length === 0) return null;
  const section = document.createElement("div");
  section.role = "group";
  section.ariaLabel = title;
  const heading = document.createElement("div");
  heading.className = "group-title";
  heading.textContent = title;
  section.append(heading, ...options);
  return section;
}

function option({ href, title, snippet, mark }: GuideHit & { readonly mark: string }): HTMLElement {
  const link = document.createElement("a");
  link.href = href;
  link.role = "option";
  link.ariaSelected = "false";
  link.tabIndex = -1;
  for (const [className, text] of [
    ["mark", mark],
    ["title", title],
    ["snippet", snippet],
  ] as const) {
    const part = document.createElement("span");
    part.className = className;
    part.textContent = text;
    link.append(part);
  }
  return link;
}
