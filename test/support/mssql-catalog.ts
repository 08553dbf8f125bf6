import { nextToken, type Scanner } from "#schemas/languages/sql/mssql/tokens.ts";
import type { Catalog } from "#schemas/dialects/mssql/live/catalog.ts";
import { byteLength } from "#schemas/dialects/mssql/types.ts";
import type { Column, DataType, ForeignKey, Index, SchemaModel, Table, View } from "#schemas/model.ts";
import { parseObjectId } from "#schemas/object-id.ts";

/** What SQL Server's catalog says of a model: rows as the queries of `catalog.ts` give them, expressions as it prints them. */
export function mssqlCatalog(model: SchemaModel): Catalog {
  const numbers = new Map<string, number>();
  const number = (key: string): number => {
    const known = numbers.get(key) ?? 1000 + numbers.size;
    numbers.set(key, known);
    return known;
  };
  const inOrder = [...model.tables, ...model.views];
  for (const { id } of inOrder) number(id);
  const history = new Map(
    model.tables.flatMap(({ id, options }) =>
      options?.["system_versioning"] === undefined ? [] : [[options["system_versioning"], id] as const],
    ),
  );
  return {
    server: [{ version: "16.0.4135.4", collation: "SQL_Latin1_General_CP1_CI_AS" }],
    schemas: model.schemas.map(({ name, owner }) => ({ name, owner: owner ?? "dbo" })),
    types: [
      ...model.domains.map(({ schema, name, base, nullable }) => ({
        schema,
        name,
        isTable: false,
        id: null,
        ...sizes(base),
        base: bare(base),
        nullable,
      })),
      ...model.composites.map(({ schema, name, id }) => ({
        schema,
        name,
        isTable: true,
        id: number(id),
        base: null,
        bytes: 0,
        precision: 0,
        scale: 0,
        nullable: false,
      })),
    ],
    tables: model.tables.map((table) => ({
      id: number(table.id),
      schema: table.schema,
      name: table.name,
      temporal: temporalOf(table),
      history: historyOf(table, number),
      inMemory: table.options?.["memory_optimized"]?.toLowerCase() === "on",
      durability: table.options?.["durability"] ?? null,
      scheme: table.partitionKey === undefined ? null : (table.partitionKey.split(" (")[0] ?? null),
      schemeColumn: table.partitionKey === undefined ? null : (/\((.*)\)/.exec(table.partitionKey)?.[1] ?? null),
      rowTotal: 42,
    })),
    columns: [
      ...inOrder.flatMap((owner) => owner.columns.map((column) => columnRow(number(owner.id), owner, column))),
      ...model.composites.flatMap((type) =>
        type.attributes.map(({ name, type: own }, at) =>
          columnRow(number(type.id), undefined, {
            kind: "column",
            id: "",
            name,
            position: at + 1,
            type: own,
            nullable: true,
          }),
        ),
      ),
    ],
    indexes: inOrder.flatMap((owner) => owner.indexes.map((index, at) => indexRow(owner, index, { at, number }))),
    indexColumns: inOrder.flatMap((owner) =>
      owner.indexes.flatMap((index, at) => [
        ...index.keys.map(({ column = "", descending = false }) => ({
          object: number(owner.id),
          index: at + 1,
          name: column,
          descending,
          included: index.method === "columnstore",
        })),
        ...index.include.map((name) => ({
          object: number(owner.id),
          index: at + 1,
          name,
          descending: false,
          included: true,
        })),
      ]),
    ),
    checks: model.tables.flatMap((table) =>
      table.constraints.flatMap((check) => {
        if (check.kind !== "check") return [];
        const isUnnamed = check.name.startsWith("CK__");
        const column = isUnnamed ? (check.name.split("__")[2] ?? null) : null;
        return [
          {
            id: number(check.id),
            object: number(table.id),
            name: isUnnamed ? `${check.name}__3E52440B` : check.name,
            isUnnamed,
            column,
            definition: printed(check.expression),
            disabled: !check.enforced,
            untrusted: !check.validated,
          },
        ];
      }),
    ),
    foreignKeys: foreignKeys(model).map(({ table, key }) => ({
      id: number(key.id),
      object: number(table.id),
      name: key.name.startsWith("FK__") ? `${key.name}__4BAC3F29` : key.name,
      isUnnamed: key.name.startsWith("FK__"),
      target: number(key.references.table),
      onDelete: key.onDelete.toUpperCase().replaceAll(" ", "_"),
      onUpdate: key.onUpdate.toUpperCase().replaceAll(" ", "_"),
      disabled: key.enforced === false,
      untrusted: !key.validated,
    })),
    foreignKeyColumns: foreignKeys(model).flatMap(({ key }) =>
      key.columns.map((name, at) => ({ key: number(key.id), name, target: key.references.columns[at] ?? "" })),
    ),
    modules: moduleRows(model, number),
    sequences: model.sequences.map(({ schema, name, type, start, increment, minimum, maximum, cycle }) => {
      const own = { raw: type, family: "integer" } as const;
      const [precision, scale] = /\((\d+),(\d+)\)/.exec(type)?.slice(1).map(Number) ?? [19, 0];
      return {
        schema,
        name,
        type: bare(own),
        precision: precision ?? 19,
        scale: scale ?? 0,
        start,
        increment,
        minimum,
        maximum,
        cycle,
      };
    }),
    synonyms: model.others.flatMap(({ kind, schema = "dbo", name, definition }) =>
      kind === "synonym" ? [{ schema, name, target: definition.split(" FOR ")[1] ?? "" }] : [],
    ),
    periods: model.tables.flatMap(({ id, options }) => {
      const [start, end] = (options?.["period_for_system_time"] ?? "").split(", ");
      return start === undefined || end === undefined ? [] : [{ object: number(id), start, end }];
    }),
    comments: commentRows(model),
    grants: inOrder.flatMap(({ schema, name, grants = [] }) =>
      grants.flatMap(({ grantee, privileges, columns = [] }) =>
        privileges.flatMap((permission) =>
          (columns.length === 0 ? [null] : columns).map((column) => ({
            schema,
            name,
            column,
            permission: permission.toUpperCase(),
            grantee,
          })),
        ),
      ),
    ),
  };

  function temporalOf({ id, options }: Table): number {
    if (options?.["system_versioning"] !== undefined) return 2;
    return history.has(id) ? 1 : 0;
  }
}

type Numbering = (key: string) => number;

function historyOf({ options }: Table, number: Numbering): number | null {
  const name = options?.["system_versioning"];
  return name === undefined ? null : number(name);
}

/** An expression as sys tables hold it: names in brackets, numbers and the whole in parentheses. */
function printed(expression: string): string {
  const scanner: Scanner = { text: expression, at: 0, open: null, variable: () => null };
  let text = "";
  for (let token = nextToken(scanner); token !== null && token.kind !== "end"; token = nextToken(scanner)) {
    const piece = expression.slice(token.start, token.end);
    const isCall = expression.slice(token.end).trimStart().startsWith("(");
    const isName = token.kind === "word" && !isCall && !WORDS.has(token.key);
    const isWord = token.kind === "word" && !isName && !isCall;
    if (isName) text += `[${token.value}]`;
    else if (token.kind === "number") text += `(${piece})`;
    else text += isWord ? ` ${token.key} ` : piece.toLowerCase().replace(/^n?'.*$/s, piece);
  }
  return `(${text.trim()})`;
}

const WORDS: ReadonlySet<string> = new Set(
  "AND OR NOT IS NULL LIKE IN BETWEEN CASE WHEN THEN ELSE END AS INT DATE NVARCHAR VARCHAR DECIMAL FOR VALUE NEXT".split(
    " ",
  ),
);

const bare = ({ raw }: DataType): string => raw.replace(/\(.*/s, "");

function sizes(type: DataType): { readonly bytes: number; readonly precision: number; readonly scale: number } {
  const isTimed = /^(?:time|datetime2|datetimeoffset)\(/.test(type.raw);
  return {
    bytes: byteLength(type) ?? 0,
    precision: type.precision ?? 0,
    scale: isTimed ? (type.precision ?? 7) : (type.scale ?? 0),
  };
}

function columnRow(object: number, owner: Table | View | undefined, column: Column): Catalog["columns"][number] {
  const own = column.type.typeId === undefined ? null : parseObjectId(column.type.typeId);
  const marks = owner?.options ?? {};
  const isMarked = (mark: string): boolean => (marks[mark] ?? "").split(", ").includes(column.name);
  const period = /^GENERATED ALWAYS AS (?:ROW )?(start|end)/i
    .exec(column.generated?.expression ?? "")?.[1]
    ?.toLowerCase();
  const computed = period === undefined && column.generated ? printed(column.generated.expression) : null;
  return {
    object,
    id: column.position,
    name: column.name,
    type: own?.[1] ?? bare(column.type),
    typeSchema: own?.[0] ?? "sys",
    isOwnType: own !== null,
    ...sizes(column.type),
    nullable: column.nullable,
    collation: column.collation ?? null,
    sparse: isMarked("sparse"),
    rowguid: isMarked("rowguidcol"),
    hidden: isMarked("hidden"),
    period: period === undefined ? 0 : Number(period === "end") + 1,
    computed,
    persisted: computed === null ? null : (column.generated?.stored ?? false),
    seed: column.identity?.start ?? null,
    increment: column.identity?.increment ?? null,
    defaultName: column.default === undefined ? null : (column.defaultName ?? `DF__${column.name}__5165187F`),
    isDefaultUnnamed: column.default === undefined ? null : column.defaultName === undefined,
    default: column.default === undefined ? null : printed(column.default),
    mask: null,
  };
}

function indexRow(
  owner: Table | View,
  index: Index,
  { at, number }: { readonly at: number; readonly number: Numbering },
): Catalog["indexes"][number] {
  const isKey = index.constraint !== undefined;
  const isUnnamed = /^(?:PK|UQ)__/.test(index.name);
  const [plain, store] = index.clustered === true ? [1, 5] : [2, 6];
  const keyType = index.primary ? "PK" : "UQ";
  return {
    object: number(owner.id),
    id: at + 1,
    name: isUnnamed ? `${index.name}__3214EC07A1B2C3D4` : index.name,
    type: index.method === "columnstore" ? store : plain,
    unique: index.unique,
    predicate: index.predicate === undefined ? null : printed(index.predicate),
    disabled: !index.valid,
    keyId: isKey ? number(`key ${index.id}`) : null,
    keyType: isKey ? keyType : null,
    isUnnamed: isKey ? isUnnamed : null,
  };
}

const foreignKeys = (model: SchemaModel): readonly { readonly table: Table; readonly key: ForeignKey }[] =>
  model.tables.flatMap((table) =>
    table.constraints.flatMap((key) => (key.kind === "foreign key" ? [{ table, key }] : [])),
  );

function moduleRows(model: SchemaModel, number: Numbering): Catalog["modules"] {
  const none = { disabled: null, parent: null, parentSchema: null };
  return [
    ...model.routines.map(({ id, schema, name, variant, definition = "", returns = "" }) => {
      const functionType = /table/i.test(returns) ? "IF" : "FN";
      return { ...none, id: number(id), schema, name, type: variant === "procedure" ? "P" : functionType, definition };
    }),
    ...model.views.map(({ id, schema, name, definition, options }) => {
      const binding = options === undefined ? "" : ` WITH ${Object.keys(options).join(", ")}`;
      return {
        ...none,
        id: number(id),
        schema,
        name,
        type: "V",
        definition: `CREATE VIEW [${schema}].[${name}]${binding} AS ${definition}`,
      };
    }),
    ...[...model.tables, ...model.views].flatMap((owner) =>
      owner.triggers.map(({ id, name, definition, enabled }) => ({
        id: number(id),
        schema: owner.schema,
        name,
        type: "TR",
        definition,
        disabled: enabled === "disabled",
        parent: owner.name,
        parentSchema: owner.schema,
      })),
    ),
  ];
}

function commentRows(model: SchemaModel): Catalog["comments"] {
  const none = {
    schema: null,
    name: null,
    type: null,
    column: null,
    index: null,
    parent: null,
    parentSchema: null,
    parentType: null,
    ofSchema: null,
    ofType: null,
    ofTypeSchema: null,
  };
  return [
    ...model.schemas.flatMap(({ name, comment }) =>
      comment === undefined ? [] : [{ ...none, class: 3, value: comment, ofSchema: name }],
    ),
    ...[...model.tables, ...model.views].flatMap((owner) => {
      const place = {
        ...none,
        class: 1,
        schema: owner.schema,
        name: owner.name,
        type: owner.kind === "table" ? "U" : "V",
      };
      const below = {
        ...none,
        class: 1,
        schema: owner.schema,
        parent: owner.name,
        parentSchema: owner.schema,
        parentType: "U",
      };
      const constraints = owner.kind === "table" ? owner.constraints : [];
      return [
        ...(owner.comment === undefined ? [] : [{ ...place, value: owner.comment }]),
        ...owner.columns.flatMap(({ name, comment }) =>
          comment === undefined ? [] : [{ ...place, value: comment, column: name }],
        ),
        ...constraints.flatMap(({ name, comment }) =>
          comment === undefined ? [] : [{ ...below, value: comment, name, type: "C" }],
        ),
      ];
    }),
    ...model.routines.flatMap(({ schema, name, variant, comment }) =>
      comment === undefined
        ? []
        : [{ ...none, class: 1, value: comment, schema, name, type: variant === "procedure" ? "P" : "FN" }],
    ),
  ];
}
