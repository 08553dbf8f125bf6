import type { Item } from "./intent.ts";
import { readUnitGroup } from "./read-period.ts";
import { asked, columnsOf, peek, skipNoise, tableOf, type Reader } from "./reader.ts";

/** Reads `for each country`, `per year`, `of each department`. True when it was one. */
export function readGroup(reader: Reader): boolean {
  reader.at += 1;
  skipNoise(reader, ["distinct"]);
  if (readUnitGroup(reader)) return true;
  const chunk = peek(reader);
  const table = tableOf(chunk);
  const columns = columnsOf(chunk);
  if (chunk === undefined || (table === null && columns.length === 0)) return false;
  reader.at += 1;
  const next = columnsOf(peek(reader)).filter((meaning) => meaning.table === table?.table);
  if (table && next.length > 0) {
    // `each student's last name`
    const item: Item = { kind: "column", asked: asked(peek(reader)?.words ?? "", next, table.table) };
    reader.at += 1;
    addGroup(reader, item);
  } else if (table) addGroup(reader, { kind: "thing", table: table.table });
  else addGroup(reader, { kind: "column", asked: asked(chunk.words, columns, reader.focus) });
  if (table) {
    reader.intent.involved.add(table.table);
    reader.focus = table.table;
  }
  return true;
}

function addGroup({ intent }: Reader, item: Item): void {
  intent.groups.push(item);
}
