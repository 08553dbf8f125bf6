/**
 * Characters that show nothing and change how what follows is read: controls, marks that turn the direction of writing
 * around, spaces without a width, line ends that no editor shows. Common line ends and tabs are the business of each language; joiners and the marks of
 * right-to-left scripts belong to ordinary words.
 */
const UNSEEN = new RegExp(
  String.raw`[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]`,
  "g",
);

/** The text with each such character spelled out, such as `‹U+202E›`: nobody is shown other names than those that are there. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `‹U+${code}›`;
  });
}
