/** An element with properties and children; texts only ever go in as text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  children: readonly Node[] = [],
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  if (made.title === "") made.removeAttribute("title");
  if (made.className === "") made.removeAttribute("class");
  made.append(...children);
  return made;
}

/** A button that says what it does. */
export function button(text: string, onClick: () => void, className = "qg-button"): HTMLButtonElement {
  const made = element("button", { type: "button", className, textContent: text });
  made.addEventListener("click", onClick);
  return made;
}
