import { dataType } from "../../../dialects/mssql/types.ts";
import { isTemporary, missing, nothingToDrop, refused, shown, type Applier } from "./applier.ts";
import { addElements, addIndex } from "./apply-table.ts";
import { sameName, touch, type DraftColumn, type DraftObject, type DraftTable, type DraftView } from "./draft.ts";
import type { NameRef } from "./reader.ts";
import type { DropKind, Statement } from "./statement.ts";
import { viewColumns } from "./view-columns.ts";

type Of<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

export function applyCreateIndex(applier: Applier, { table: ref, index, replaces, at }: Of<"create index">): void {
  if (isTemporary(ref)) return;
  const { draft } = applier;
  const owner = draft.find(ref);
  if (owner?.kind === "view") {
    const origin = { created: applier.place(at) };
    owner.indexes.push({
      ...index,
      number: draft.number(),
      clustered: index.clustered === true,
      keys: index.keys.map(({ name, descending }) => ({ column: viewColumn(owner, name, origin), descending })),
      include: index.include.map((name) => viewColumn(owner, name, origin)),
      valid: true,
      origin,
    });
    return;
  }
  if (owner?.kind !== "table") return missing(applier, `Table ${shown(draft, ref)}`, at);
  const old = replaces ? owner.indexes.find((one) => sameName(one.name, index.name)) : undefined;
  if (old) draft.removeIndex(owner, old);
  const made = addIndex(applier, owner, index);
  if (made) made.origin = { created: applier.place(at) };
}

/** A column of a view as its indexes know it: by its name, as the view writes it. */
function viewColumn(view: DraftView, name: string, origin: DraftView["origin"]): DraftColumn {
  const found = view.columns?.find((column) => sameName(column.name, name));
  const type = found?.type ?? { raw: "", family: "other" };
  return { kind: "column", number: 0, name: found?.name ?? name, type, nullable: true, marks: new Map(), origin };
}

export function applyDropIndex(applier: Applier, { items, ifExists, at }: Of<"drop index">): void {
  const { draft } = applier;
  for (const { table: ref, name } of items) {
    if (isTemporary(ref)) continue;
    const owner = draft.find(ref);
    const hasIndexes = owner?.kind === "table" || owner?.kind === "view";
    const index = hasIndexes ? owner.indexes.find((one) => sameName(one.name, name)) : undefined;
    if (index && owner?.kind === "table") draft.removeIndex(owner, index);
    else if (index && owner?.kind === "view") owner.indexes = owner.indexes.filter((one) => one !== index);
    else if (!ifExists) nothingToDrop(applier, `Index ${name} of ${shown(draft, ref)}`, at);
  }
}

export function applyAlterIndex(applier: Applier, { table: ref, name, enabled, at }: Of<"alter index">): void {
  const owner = applier.draft.table(ref);
  if (!owner) return missing(applier, `Table ${shown(applier.draft, ref)}`, at);
  for (const index of owner.indexes) {
    if (name !== null && !sameName(index.name, name)) continue;
    if (index.valid !== enabled) touch(index, applier.place(at));
    index.valid = enabled;
  }
}

/** CREATE, ALTER and CREATE OR ALTER of a module: what it was made by stays, so does what belongs to it. */
function replaceModule(
  applier: Applier,
  statement: Of<"view" | "routine">,
  make: (old: DraftObject | undefined) => DraftObject,
): void {
  const { draft } = applier;
  const { name, mode, at } = statement;
  if (isTemporary(name)) return;
  const old = draft.find(name);
  if (old && (mode === "create" || old.kind !== statement.kind))
    return refused(applier, `${shown(draft, name)} exists already`, at);
  if (!old && mode === "alter") missing(applier, shown(draft, name), at);
  const place = applier.place(at);
  draft.useSchema(draft.schemaName(name), place);
  const made = make(old);
  if (old) draft.remove(old);
  draft.add(made);
  if (made.kind === "view") for (const trigger of made.triggers) draft.add(trigger);
}

function moduleHead(applier: Applier, statement: Of<"view" | "routine">, old: DraftObject | undefined) {
  const place = applier.place(statement.at);
  const grants = old && "grants" in old && old.grants ? { grants: old.grants } : {};
  return {
    number: old?.number ?? applier.draft.number(),
    name: old?.name ?? statement.name.name,
    schema: applier.draft.schemaName(statement.name),
    origin: old ? { created: old.origin.created, changed: place } : { created: place },
    ...grants,
    ...(old?.comment === undefined ? {} : { comment: old.comment }),
  };
}

export function applyView(applier: Applier, statement: Of<"view">): void {
  replaceModule(applier, statement, (old) => {
    const before = old?.kind === "view" ? old : null;
    return {
      kind: "view",
      ...moduleHead(applier, statement, old),
      source: statement,
      columns: viewColumns(applier.draft, statement),
      comments: before?.comments ?? new Map<string, string>(),
      // Changing a view drops its indexes.
      indexes: [],
      triggers: before?.triggers ?? [],
    };
  });
}

export function applyRoutine(applier: Applier, statement: Of<"routine">): void {
  replaceModule(applier, statement, (old) => ({
    kind: "routine",
    ...moduleHead(applier, statement, old),
    source: statement,
  }));
}

export function applyTrigger(applier: Applier, statement: Of<"trigger">): void {
  const { draft } = applier;
  const { name, mode, at, table: ref, timing, events, text } = statement;
  const owner = ref ? draft.find(ref) : undefined;
  const parent = owner?.kind === "table" || owner?.kind === "view" ? owner : null;
  if (ref && !parent) return missing(applier, `Table ${shown(draft, ref)}`, at);
  const schema = parent?.schema ?? draft.schemaName(name);
  const old = draft.find({ schema, name: name.name });
  if (old && (mode === "create" || old.kind !== "trigger"))
    return refused(applier, `${schema}.${name.name} exists already`, at);
  const place = applier.place(at);
  const enabled = old?.kind === "trigger" ? old.enabled : true;
  if (old?.kind === "trigger") removeTrigger(applier, old);
  const origin = old ? { created: old.origin.created, changed: place } : { created: place };
  const made = {
    kind: "trigger" as const,
    number: draft.number(),
    name: old?.name ?? name.name,
    schema,
    parent,
    timing,
    events,
    enabled,
    text,
    origin,
  };
  parent?.triggers.push(made);
  draft.add(made);
}

function removeTrigger({ draft }: Applier, trigger: Extract<DraftObject, { kind: "trigger" }>): void {
  const { parent } = trigger;
  if (parent) parent.triggers = parent.triggers.filter((one) => one !== trigger);
  draft.remove(trigger);
}

export function applyToggleTrigger({ draft }: Applier, { names, table: ref, enabled }: Of<"toggle trigger">): void {
  const owner = ref ? draft.find(ref) : undefined;
  if (owner?.kind !== "table" && owner?.kind !== "view") return;
  for (const trigger of owner.triggers) {
    if (names.length === 0 || names.some((name) => sameName(name.name, trigger.name))) trigger.enabled = enabled;
  }
}

export function applyDrop(applier: Applier, { what, names, ifExists, at }: Of<"drop">): void {
  for (const name of names) {
    if (isTemporary(name)) continue;
    if (!dropOne(applier, what, name, at) && !ifExists) {
      nothingToDrop(applier, `${what.charAt(0).toUpperCase()}${what.slice(1)} ${shown(applier.draft, name)}`, at);
    }
  }
}

function dropOne(applier: Applier, what: DropKind, name: NameRef, at: number): boolean {
  const { draft } = applier;
  if (what === "schema") return draft.schemas.delete(name.name.toLowerCase());
  if (what === "default" || what === "rule") return true;
  if (what === "type") {
    const type = draft.type(name);
    if (type) draft.removeType(type);
    return type !== undefined;
  }
  const object = draft.find(name);
  if (!object || !isKind(object, what)) return false;
  if (object.kind === "trigger") removeTrigger(applier, object);
  else if (object.kind === "table" && isReferenced(applier, object)) {
    refused(applier, `${shown(draft, name)} cannot be dropped: a foreign key of another table points at it`, at);
  } else draft.remove(object);
  return true;
}

function isReferenced({ draft }: Applier, table: DraftTable): boolean {
  for (const key of draft.pointingAt(table)) if (key.table !== table) return true;
  return false;
}

function isKind(object: DraftObject, what: DropKind): boolean {
  if (object.kind === "routine") return object.source.variant === what;
  return object.kind === what;
}

export function applyAliasType(applier: Applier, { name, base, nullable, at }: Of<"create alias type">): void {
  const { draft } = applier;
  const place = applier.place(at);
  const schema = draft.schemaName(name);
  if (draft.type(name)) return refused(applier, `Type ${shown(draft, name)} exists already`, at);
  draft.useSchema(schema, place);
  const type = dataType(base.name.name, base.arguments);
  draft.addType({
    kind: "domain",
    number: draft.number(),
    name: name.name,
    schema,
    base: type,
    nullable,
    origin: { created: place },
  });
}

export function applyTableType(applier: Applier, { name, elements, at }: Of<"create table type">): void {
  const { draft } = applier;
  const place = applier.place(at);
  const schema = draft.schemaName(name);
  if (draft.type(name)) return refused(applier, `Type ${shown(draft, name)} exists already`, at);
  draft.useSchema(schema, place);
  // Its keys live in a table of its own that nobody sees; the model keeps the columns.
  const shape: DraftTable = {
    kind: "table",
    number: draft.number(),
    name: name.name,
    schema: `${schema}\u0000type`,
    origin: { created: place },
    columns: [],
    constraints: [],
    indexes: [],
    triggers: [],
    options: new Map(),
  };
  addElements(
    applier,
    shape,
    elements.filter((element) => element.kind === "column").map((column) => ({ ...column, constraints: [] })),
    true,
  );
  draft.addType({
    kind: "table type",
    number: shape.number,
    name: name.name,
    schema,
    columns: shape.columns,
    origin: shape.origin,
  });
}

export function applySequence(applier: Applier, statement: Of<"sequence">): void {
  const { draft } = applier;
  const { name, mode, at } = statement;
  const place = applier.place(at);
  const old = draft.find(name);
  if (mode === "alter") {
    if (old?.kind !== "sequence") return missing(applier, `Sequence ${shown(draft, name)}`, at);
    // RESTART moves the next value only; where it starts stays what it was.
    const { start: _start, type: _type, ...changed } = statement;
    old.source = { ...old.source, ...changed, mode: "create" };
    return touch(old, place);
  }
  if (old) return refused(applier, `${shown(draft, name)} exists already`, at);
  const schema = draft.schemaName(name);
  draft.useSchema(schema, place);
  draft.add({
    kind: "sequence",
    number: draft.number(),
    name: name.name,
    schema,
    source: statement,
    origin: { created: place },
  });
}

export function applySynonym(applier: Applier, { name, target, at }: Of<"synonym">): void {
  const { draft } = applier;
  const place = applier.place(at);
  if (draft.find(name)) return refused(applier, `${shown(draft, name)} exists already`, at);
  const schema = draft.schemaName(name);
  draft.useSchema(schema, place);
  draft.add({ kind: "synonym", number: draft.number(), name: name.name, schema, target, origin: { created: place } });
}

export function applyCreateSchema(applier: Applier, { name, owner, at }: Of<"create schema">): void {
  const { draft } = applier;
  const old = draft.schemas.get(name.toLowerCase());
  if (old?.isDeclared === true) return refused(applier, `Schema ${name} exists already`, at);
  draft.schemas.set(name.toLowerCase(), {
    kind: "schema",
    number: old?.number ?? draft.number(),
    name,
    ...(owner === undefined ? {} : { owner }),
    isDeclared: true,
    origin: { created: applier.place(at) },
  });
}

export function applyTransfer(applier: Applier, { schema, name, isType, at }: Of<"transfer">): void {
  const { draft } = applier;
  const target = draft.schemaName({ schema });
  if (isType) {
    const type = draft.type(name);
    if (!type) return missing(applier, `Type ${shown(draft, name)}`, at);
    draft.removeType(type);
    type.schema = target;
    return draft.addType(type);
  }
  const object = draft.find(name);
  if (!object || !("schema" in object) || object.kind === "trigger") return missing(applier, shown(draft, name), at);
  draft.useSchema(target, applier.place(at));
  draft.rename(object, () => {
    object.schema = target;
  });
  touch(object, applier.place(at));
}

export function applyGrant({ draft }: Applier, { isGrant, privileges, on, grantees }: Of<"grant">): void {
  const object = draft.find(on);
  if (object?.kind !== "table" && object?.kind !== "view" && object?.kind !== "routine") return;
  const grants = object.grants ?? new Map();
  for (const grantee of grantees) {
    for (const { name, columns } of privileges) {
      const key = [grantee, name, ...columns].join("\u0000").toLowerCase();
      if (isGrant) grants.set(key, { grantee, privilege: name, columns });
      else grants.delete(key);
    }
  }
  object.grants = grants;
}

/** Works out a view's columns again: SQL Server keeps those of its creation until it is told to look. */
export function refreshView(applier: Applier, view: DraftView): void {
  view.columns = viewColumns(applier.draft, view.source) ?? view.columns;
}
