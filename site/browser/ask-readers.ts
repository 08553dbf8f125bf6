import type { ServedModel } from "./ask-served.ts";
import { element } from "./element.ts";
import { ownKey, PROVIDER_NAMES } from "./own-key/own-key.ts";

/** Who reads a question: rules, the reader's own model, or one that the server asks, by its id. */
export type AskReader = "rules" | "own-key" | `served:${string}`;

/**
 * Fills the list of who may read questions: the reader's own model first while there is a key, then the server's. What
 * was chosen stays chosen while it is there.
 */
export function showReaders(field: HTMLSelectElement, served: readonly ServedModel[]): void {
  const own = ownKey();
  const before = field.value;
  const readers: [AskReader, string][] = [["rules", "Rules, without a model"]];
  for (const { id, model, provider } of served) readers.push([`served:${id}`, `${model} (${provider}, on the server)`]);
  if (own) readers.unshift(["own-key", `${own.model} (${PROVIDER_NAMES[own.provider]}, your key)`]);
  field.replaceChildren(...readers.map(([value, textContent]) => element("option", { value, textContent })));
  if (before.startsWith(SERVED) && readers.some(([value]) => value === before)) field.value = before;
  if (field.parentElement) field.parentElement.hidden = readers.length < 2;
}

export function readerIn(field: HTMLSelectElement | null): AskReader {
  const value = field?.value ?? "";
  if (value.startsWith(SERVED)) return `served:${value.slice(SERVED.length)}`;
  return value === "own-key" ? "own-key" : "rules";
}

/** The model of the server that was chosen; null for who is none. */
export const servedModelOf = (reader: AskReader): string | null =>
  reader.startsWith(SERVED) ? reader.slice(SERVED.length) : null;

const SERVED = "served:";
