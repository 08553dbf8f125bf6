import type { Cursor } from "./cursor.ts";
import { readIndexEnd } from "./read-index.ts";
import { acceptCharset, readCharsetName } from "./read-type.ts";
import type { Statement } from "./statement.ts";

export function readDatabase(cursor: Cursor, { alter }: { readonly alter: boolean }): Statement {
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = alter && isDatabaseOption(cursor) ? "" : cursor.name();
  let charset: string | undefined;
  let collation: string | undefined;
  let comment: string | undefined;
  while (!cursor.isDone) {
    cursor.accept("DEFAULT");
    if (acceptCharset(cursor)) charset = readCharsetName(cursor);
    else if (cursor.accept("COLLATE")) {
      cursor.accept("=");
      collation = readCharsetName(cursor);
    } else if (cursor.accept("COMMENT")) {
      cursor.accept("=");
      comment = cursor.string();
    } else if (cursor.accept("ENCRYPTION") || cursor.accept("READ", "ONLY")) {
      cursor.accept("=");
      cursor.next();
    } else {
      readIndexEnd(cursor);
      break;
    }
  }
  return {
    kind: "create database",
    name,
    ifNotExists,
    alter,
    ...(charset === undefined ? {} : { charset }),
    ...(collation === undefined ? {} : { collation }),
    ...(comment === undefined ? {} : { comment }),
  };
}

const isDatabaseOption = (cursor: Cursor): boolean =>
  cursor.is("DEFAULT") || cursor.is("CHARACTER", "SET") || cursor.is("CHARSET") || cursor.is("COLLATE");

export function readCreateSequence(cursor: Cursor, orReplace: boolean): Statement {
  const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
  const name = cursor.qualifiedName();
  let options: Readonly<Record<string, string>> = {};
  while (!cursor.isDone) {
    const key = cursor.next().word.toLowerCase();
    if (
      key === "no" ||
      key === "nocache" ||
      key === "nocycle" ||
      key === "nominvalue" ||
      key === "nomaxvalue" ||
      key === "cycle"
    ) {
      options = { ...options, [key === "no" ? `no ${cursor.next().word.toLowerCase()}` : key]: "" };
      continue;
    }
    if (!cursor.accept("WITH") && !cursor.accept("BY")) cursor.accept("=");
    if (cursor.isDone) break;
    const first = cursor.at;
    cursor.accept("-");
    cursor.next();
    options = { ...options, [key]: cursor.since(first) };
  }
  return { kind: "create sequence", name, orReplace, ifNotExists, options };
}
