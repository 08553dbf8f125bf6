import { hasWord, nameWords } from "../name-words.ts";
import { columnRemarks, isTextual } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const plaintextPassword: Rule = {
  id: "plaintext-password",
  scope: "schema",
  title: "Column that looks like a plain password",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(index) {
    return columnRemarks(index, "Store a hash by a slow function such as argon2, and name it so", (column) =>
      PASSWORD.has(nameWords(column.name).at(-1) ?? "") && isTextual(column.type) && !hasWord(column.name, HASHED)
        ? `${column.id} looks like a password in plain text`
        : null,
    );
  },
};

const PASSWORD = new Set(["password", "passwd", "passphrase", "pwd", "pin"]);
const HASHED = new Set(["hash", "hashed", "digest", "encrypted", "crypt", "salted", "no", "has"]);
