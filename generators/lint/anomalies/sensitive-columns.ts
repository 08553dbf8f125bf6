import type { Column, Table, TypeFamily, View } from "#schemas/model.ts";
import { nameWords } from "../../review/name-words.ts";
import { ownTables } from "../../review/own-columns.ts";
import type { Anomaly, AnomalyScene } from "./anomaly.ts";

/** Columns that by their names hold what people want kept from others, and that carry no label. */
export const unlabelledSensitiveColumn: Anomaly = {
  severity: "info",
  check: (scene) =>
    [...ownTables(scene.index.model), ...scene.index.model.views].flatMap((about) => {
      const bare = about.columns.flatMap((column) => {
        const what = isLabelled(scene, column, about) ? null : sensitivityOf(column, about);
        return what === null || isReference(scene, column, about) ? [] : [{ column, what }];
      });
      if (bare.length === 0) return [];
      const list = bare.map(({ column, what }) => `${column.name} (${what})`).join(", ");
      return [
        {
          message: `${about.id} holds what looks sensitive and carries no label: ${list}`,
          help: "Name the columns under `labels`, such as [personal], or the table when all of it is",
          about,
          also: bare.map(({ column }) => column.id),
        },
      ];
    }),
};

/** Labels of a whole table that say that what is in it is sensitive. */
const SENSITIVE_LABEL = /personal|sensitive|confidential|private|secret|\b(?:pii|gdpr|phi|pci)\b/i;

function isLabelled({ labels }: AnomalyScene, column: Column, owner: Table | View): boolean {
  const own = labels.get(column.id) ?? [];
  const ofTable = labels.get(owner.id) ?? [];
  return own.length > 0 || ofTable.some((label) => SENSITIVE_LABEL.test(label));
}

/** What is referred to is labelled where it is. */
function isReference({ index }: AnomalyScene, column: Column, owner: Table | View): boolean {
  return index.referencesFrom(owner.id).some(({ foreignKey }) => foreignKey.columns.includes(column.name));
}

interface Kind {
  readonly what: string;
  /** Each as words that stand side by side in a name. */
  readonly names: readonly string[];
  readonly families: readonly TypeFamily[];
}

const TEXTS: readonly TypeFamily[] = ["text", "other"];
const NUMBERS: readonly TypeFamily[] = [...TEXTS, "integer", "decimal"];

const KINDS: readonly Kind[] = [
  { what: "e-mail address", names: ["email", "e mail", "mail address"], families: TEXTS },
  {
    what: "name of a person",
    names: ["first name", "last name", "full name", "middle name", "given name", "family name", "maiden name"].concat([
      "firstname",
      "lastname",
      "fullname",
      "surname",
      "forename",
    ]),
    families: TEXTS,
  },
  {
    what: "telephone number",
    names: ["phone", "phone number", "telephone", "mobile", "cell phone", "fax", "msisdn"],
    families: NUMBERS,
  },
  {
    what: "postal address",
    names: [
      "street",
      "street line",
      "address line",
      "postal code",
      "postcode",
      "zip",
      "zip code",
      "zipcode",
      "address",
    ],
    families: NUMBERS,
  },
  {
    what: "date of birth",
    names: ["birth date", "birthdate", "birthday", "date of birth", "dob", "born on"],
    families: [...TEXTS, "date", "timestamp"],
  },
  {
    what: "payment card or account",
    names: [
      "card number",
      "credit card",
      "creditcard",
      "cvv",
      "cvc",
      "iban",
      "bic",
      "account number",
      "routing number",
    ],
    families: NUMBERS,
  },
  {
    what: "number of a person's papers",
    names: ["ssn", "social security", "passport", "tax id", "national id", "driver license", "drivers license"],
    families: NUMBERS,
  },
  {
    what: "secret",
    names: ["password", "passwd", "pwd", "secret", "token", "api key", "apikey", "private key", "pin code"],
    families: [...TEXTS, "binary", "uuid"],
  },
  {
    what: "health, belief or origin",
    names: ["diagnosis", "religion", "ethnicity", "race", "sexual orientation", "blood type", "disability"],
    families: [...TEXTS, "enum"],
  },
  { what: "pay", names: ["salary", "wage", "income"], families: ["decimal", "money", "integer", "float"] },
  { what: "network address of a person", names: ["ip", "ip address", "remote addr"], families: [...TEXTS, "network"] },
  {
    what: "place of a person",
    names: ["latitude", "longitude", "geolocation"],
    families: ["decimal", "float", "geometry"],
  },
];

/** Last words of names that say something about such a value and do not hold it. */
const ABOUT: ReadonlySet<string> = new Set(
  "id ids type kind status state count template format verified confirmed prefix policy domain provider subject body".split(
    " ",
  ),
);
/** Tables whose `name` is that of a person. */
const PEOPLE: ReadonlySet<string> = new Set(
  "people person persons customer customers user users employee employees patient patients contact contacts member members guest guests author authors student students".split(
    " ",
  ),
);

/** What a column seems to hold, or null. Decided by its name and the family of its type. */
function sensitivityOf({ name, type }: Column, owner: Table | View): string | null {
  const words = nameWords(name);
  if (ABOUT.has(words.at(-1) ?? "")) return null;
  if (name.toLowerCase() === "name" && TEXTS.includes(type.family) && PEOPLE.has(nameWords(owner.name).at(-1) ?? ""))
    return "name of a person";
  const phrase = ` ${words.join(" ")} `;
  const kind = KINDS.find(
    ({ names, families }) => families.includes(type.family) && names.some((one) => phrase.includes(` ${one} `)),
  );
  return kind?.what ?? null;
}
