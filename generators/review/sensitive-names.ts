import { hasWord } from "./name-words.ts";

/** Whether a column's name says that not everybody may read it. */
export const looksSensitive = (name: string): boolean =>
  hasWord(name, SENSITIVE) || (hasWord(name, TAX) && hasWord(name, NUMBER));

const SENSITIVE = new Set(
  `password passwd secret token ssn iban bic passport salary birthdate birthday dob cvv cvc pin taxid creditcard apikey
  diagnosis religion ethnicity`.split(/\s+/),
);
/** A rate of taxes is public; whose number it is, is not. */
const TAX = new Set(["tax"]);
const NUMBER = new Set(["id", "no", "number", "code"]);
