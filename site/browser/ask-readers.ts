import { element } from "./element.ts";
import { ownKey, PROVIDER_NAMES } from "./own-key/own-key.ts";

/** Who reads a question. */
export type AskReader = "rules" | "own-key";

/** Fills the list of who may read questions; the reader's own model comes first while there is a key. */
export function showReaders(field: HTMLSelectElement): void {
  const own = ownKey();
  const readers: [AskReader, string][] = [["rules", "Rules, without a model"]];
  if (own) readers.unshift(["own-key", `${own.model} (${PROVIDER_NAMES[own.provider]}, your key)`]);
  field.replaceChildren(...readers.map(([value, textContent]) => element("option", { value, textContent })));
  if (field.parentElement) field.parentElement.hidden = readers.length < 2;
}

export function readerIn(field: HTMLSelectElement | null): AskReader {
  return field?.value === "own-key" ? "own-key" : "rules";
}
