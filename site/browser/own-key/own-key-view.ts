import { failureOf } from "#generators/ai/providers/failure-of.ts";
import { button, element } from "../element.ts";
import { modelsOf } from "./browser-provider.ts";
import {
  holdOwnKey,
  OWN_KEY_PROVIDERS,
  ownKey,
  PROVIDER_NAMES,
  PROVIDER_URLS,
  type OwnKey,
  type OwnKeyProvider,
} from "./own-key.ts";

/**
 * The form for a reader's own key. It asks the service for its models, which also proves the key, and holds the key
 * when one is chosen. `endpoints` are the other addresses that the site allows.
 */
export function ownKeyView(endpoints: readonly string[], onChange: () => void): HTMLElement {
  const held = ownKey();
  const offered = OWN_KEY_PROVIDERS.filter((id) => id !== "endpoint" || endpoints.length > 0);
  const service = select(offered.map((id) => [id, PROVIDER_NAMES[id]]));
  const address = select(endpoints.map((url) => [url, url]));
  const key = element("input", { type: "password", autocomplete: "off", spellcheck: false });
  const model = select([]);
  const keeps = element("input", { type: "checkbox" });
  const status = element("p", { role: "status" });
  const addressLabel = labelled("Address", address);
  const modelLabel = labelled("Model", model);
  modelLabel.hidden = true;

  const chosen = (): Omit<OwnKey, "model"> => {
    const provider = offered.find((id) => id === service.value) ?? "gemini";
    return { provider, key: key.value.trim(), baseUrl: urlOf(provider, address.value) };
  };
  const showAddress = (): void => {
    addressLabel.hidden = service.value !== "endpoint";
    modelLabel.hidden = true;
  };
  const load = async (): Promise<void> => {
    status.textContent = "Asking for the models";
    try {
      const models = await modelsOf(chosen(), AbortSignal.timeout(LONGEST_MS));
      model.replaceChildren(...models.map((name) => element("option", { value: name, textContent: name })));
      if (held && models.includes(held.model)) model.value = held.model;
      modelLabel.hidden = models.length === 0;
      status.textContent = models.length === 0 ? "This key has no models." : "";
      use();
    } catch (error) {
      status.textContent = `No models: ${failureOf(error).message}.`;
    }
  };
  const use = (): void => {
    if (model.value === "") return;
    holdOwnKey({ ...chosen(), model: model.value }, keeps.checked);
    status.textContent = `Questions go to ${model.value} with your key.`;
    onChange();
  };
  const forget = (): void => {
    holdOwnKey(null, false);
    key.value = "";
    modelLabel.hidden = true;
    status.textContent = "The key is forgotten.";
    onChange();
  };
  if (held) {
    service.value = held.provider;
    status.textContent = `Questions go to ${held.model} with your key.`;
  }
  showAddress();
  service.addEventListener("change", showAddress);
  model.addEventListener("change", use);
  keeps.addEventListener("change", use);
  const form = element("form", { className: "own-key" }, [
    element("p", { textContent: ABOUT }),
    labelled("Service", service),
    addressLabel,
    labelled("Key", key),
    element("button", { type: "submit", className: "qg-button", textContent: "Use this key" }),
    modelLabel,
    element("label", { className: "check" }, [
      keeps,
      element("span", { textContent: "Keep it until this tab is closed" }),
    ]),
    button("Forget the key", forget),
    status,
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void load();
  });
  return form;
}

const LONGEST_MS = 20_000;

const ABOUT =
  "The key goes from this page to the service you choose, and nowhere else. What is sent is your question and the descriptions of tables, no rows.";

function urlOf(provider: OwnKeyProvider, address: string): string {
  return provider === "endpoint" ? address.replace(/\/+$/, "") : PROVIDER_URLS[provider];
}

function select(options: readonly (readonly [value: string, text: string])[]): HTMLSelectElement {
  return element(
    "select",
    {},
    options.map(([value, textContent]) => element("option", { value, textContent })),
  );
}

function labelled(text: string, field: HTMLElement): HTMLLabelElement {
  return element("label", {}, [element("span", { textContent: text }), field]);
}
