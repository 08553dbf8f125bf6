import { codeSpan, escapeLine, escapeParagraphs, link } from "#generators/markdown/escape.ts";
import type { Term } from "#generators/glossary/read-glossary.ts";
import { relativePath, type DocsContext } from "./docs-context.ts";
import { joined, linkedName, type Block } from "./markdown.ts";
import { layOutPage } from "./page-template.ts";

export const GLOSSARY_PAGE = "glossary.md";

/** The words of the business and the objects they are about, in the order of the alphabet; null without any. */
export function glossaryPage(context: DocsContext): string | null {
  const { glossary } = context;
  if (!glossary || glossary.terms.length === 0) return null;
  const terms = glossary.terms.toSorted((a, b) => (a.term.toLowerCase() < b.term.toLowerCase() ? -1 : 1));
  const source = link(codeSpan(glossary.path), relativePath(context.folder, glossary.path));
  const parts = {
    title: "# Glossary",
    source: `What words mean here, from ${source}.`,
    terms: joined(terms.flatMap((term) => [`## ${escapeLine(term.term)}`, ...termBlocks(context, term)])),
  };
  const subject = { id: "glossary", name: "Glossary", file: GLOSSARY_PAGE.replace(/\.md$/, "") };
  return layOutPage(context.templates, { layout: "glossary", parts, subject });
}

function termBlocks(context: DocsContext, { meaning, also, objects }: Term): readonly Block[] {
  return [
    meaning === "" ? null : escapeParagraphs(meaning),
    also.length === 0 ? null : `Also called ${also.map((word) => escapeLine(word)).join(", ")}.`,
    objects.length === 0 ? null : `See ${objects.map((id) => linkedName(context, id)).join(", ")}.`,
  ];
}
