import { element } from "./element.ts";

interface Mermaid {
  initialize(options: Readonly<Record<string, unknown>>): void;
  render(id: string, text: string): Promise<{ readonly svg: string }>;
}

let loading: Promise<Mermaid> | undefined;
let drawn = 0;

/** A Mermaid diagram of a guide, drawn when it comes near the screen. Until then, and without a script, its text is shown. */
class MermaidDiagram extends HTMLElement {
  #text = "";

  connectedCallback(): void {
    this.#text = this.querySelector("code")?.textContent ?? "";
    new IntersectionObserver(
      ([entry], observer) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        void this.#draw();
      },
      { rootMargin: "400px" },
    ).observe(this);
    // The picture has its colours in it.
    new MutationObserver(() => void (this.dataset["drawn"] === "" && this.#draw())).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
  }

  async #draw(): Promise<void> {
    try {
      loading ??= load();
      const mermaid = await loading;
      const isDark = document.documentElement.dataset["theme"] !== "light";
      // Strict: labels are text, no click runs anything.
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: "strict",
        theme: isDark ? "dark" : "neutral",
        htmlLabels: false,
        flowchart: { htmlLabels: false },
      });
      drawn += 1;
      const { svg } = await mermaid.render(`qg-mermaid-${drawn}`, this.#text);
      const picture = new DOMParser().parseFromString(svg, "text/html").body.firstElementChild;
      if (!(picture instanceof SVGElement)) return;
      picture.setAttribute("role", "img");
      if (!picture.hasAttribute("aria-labelledby")) picture.setAttribute("aria-label", "Diagram; its text is below");
      this.replaceChildren(picture, this.#source());
      this.dataset["drawn"] = "";
    } catch (error) {
      const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
      this.querySelector(".failed")?.remove();
      this.append(element("p", { className: "failed", textContent: `Mermaid cannot draw this: ${reason}` }));
    }
  }

  #source(): HTMLElement {
    const code = element("code", { textContent: this.#text });
    return element("details", {}, [
      element("summary", { textContent: "The diagram as text" }),
      element("pre", { tabIndex: 0 }, [code]),
    ]);
  }
}

async function load(): Promise<Mermaid> {
  const folder = document.querySelector<HTMLMetaElement>("meta[name=qg-mermaid]")?.content;
  if (folder === undefined) throw new Error("this site was built without it.");
  // A variable, so that the bundler leaves alone what lies beside the pages.
  const address = `${folder}mermaid.esm.min.mjs`;
  const { default: mermaid }: { default: Mermaid } = await import(/* @vite-ignore */ address);
  return mermaid;
}

customElements.define("qg-mermaid", MermaidDiagram);
