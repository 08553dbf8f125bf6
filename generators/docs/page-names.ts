import type { SchemaModel, Sequence, Table } from "#schemas/model.ts";
import { objectId, parseObjectId, type ObjectId } from "#schemas/object-id.ts";

export type PageKind =
  | "table"
  | "view"
  | "enum"
  | "domain"
  | "composite"
  | "range"
  | "sequence"
  | "routine"
  | "extension";

/** The files of the pages, without folder and ending, such as `sales.orders`. */
export interface PageNames {
  of(kind: PageKind, id: ObjectId): string;
  /**
   * Page of the object with this id; a partition is on its parent's page, a sequence that a column owns on its
   * table's, a table wins over a type of the same name. Undefined when it has none.
   */
  find(id: ObjectId): string | undefined;
}

interface Page {
  readonly kind: PageKind;
  readonly id: ObjectId;
  readonly name: string;
  /** Whether the name says the id without loss. */
  readonly exact: boolean;
}

/** Longest file name without folder and ending; file systems stop at 255 bytes and Git on Windows at 260 for a path. */
const LONGEST = 120;

/**
 * Names that every file system can hold. Letters, digits, `_` and `-` stay, anything else becomes `_` and the name
 * ends in a hash of the id, as do names that differ in case only. A name depends on its own object, except in a clash.
 */
export function namePages(model: SchemaModel): PageNames {
  const { tables, views, enums, domains, composites, ranges, routines, extensions } = model;
  const pages = [
    ...[...tables.filter((table) => !table.partitionOf), ...views, ...enums, ...domains, ...composites, ...ranges].map(
      (object) => page(object),
    ),
    ...freeSequences(model).map((sequence) => page(sequence, ".sequence")),
    ...routines.map((routine) => page(routine, ".function")),
    ...extensions.map((extension) => page(extension, ".extension")),
  ];
  const groups = new Map<string, Page[]>();
  for (const one of pages) {
    const folded = one.name.normalize("NFC").toLowerCase();
    groups.set(folded, [...(groups.get(folded) ?? []), one]);
  }
  const names = new Map<string, string>();
  const byId = new Map<ObjectId, string>();
  for (const [folded, group] of groups) {
    const plain = group.filter((one) => one.name === folded);
    for (const one of group) {
      const keeps = one.exact && (group.length === 1 || (plain.length === 1 && plain[0] === one));
      const name = keeps ? one.name : `${one.name}-${shortHash(`${one.kind} ${one.id}`)}`;
      names.set(`${one.kind} ${one.id}`, name);
    }
  }
  for (const one of pages) {
    const name = names.get(`${one.kind} ${one.id}`);
    if (name !== undefined && !byId.has(one.id)) byId.set(one.id, name);
  }
  const tablesById = new Map(tables.map((table) => [table.id, table]));
  for (const table of tables) {
    const name = table.partitionOf && byId.get(rootOf(table.id, tablesById));
    if (name !== undefined) byId.set(table.id, name);
  }
  for (const { id, ownedBy } of model.sequences) {
    const name = ownedBy && byId.get(objectId(...(parseObjectId(ownedBy.column) ?? []).slice(0, -1)));
    if (name !== undefined && !byId.has(id)) byId.set(id, name);
  }
  return {
    of: (kind, id) => names.get(`${kind} ${id}`) ?? fileSafe(id),
    find: (id) => byId.get(id),
  };
}

/** Sequences that no column owns: the others are told where their column is. */
export function freeSequences({ sequences }: SchemaModel): readonly Sequence[] {
  return sequences.filter(({ ownedBy }) => ownedBy === undefined);
}

/** One part of a path that every file system can hold; lossy, so the caller adds a hash when it must be unique. */
export function fileSafe(name: string): string {
  const safe = name.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}_-]/gu, "_");
  // Windows reserves these whatever follows the first dot.
  return /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(safe) ? `_${safe}` : safe;
}

/** The name of a schema's files, unique for each schema. */
export function schemaFileName(schema: string): string {
  const safe = fileSafe(schema);
  return safe === schema && schema === schema.toLowerCase() ? safe : `${safe}-${shortHash(schema)}`;
}

function rootOf(id: ObjectId, tables: ReadonlyMap<ObjectId, Table>): ObjectId {
  const parent = tables.get(id)?.partitionOf?.parent;
  return parent === undefined ? id : rootOf(parent, tables);
}

function page(
  { kind, id, name, schema }: { kind: PageKind; id: ObjectId; name: string; schema: string },
  ending = "",
): Page {
  const safe = `${fileSafe(schema)}.${fileSafe(name)}`;
  const exact = safe === `${schema}.${name}` && safe.length <= LONGEST;
  return { kind, id, name: safe.slice(0, LONGEST) + ending, exact };
}

/** FNV-1a, 32 bits, as eight hexadecimal digits: enough to tell apart the few names of one clash. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
