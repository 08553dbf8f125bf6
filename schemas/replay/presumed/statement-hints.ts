import { walk, type Node } from "../../languages/sql/postgres/ast.ts";
import type { ParseTree } from "../../languages/sql/postgres/parse.ts";

export type RelationKind = "table" | "view" | "materialized view" | "sequence" | "index";

/** How a table must be partitioned for a statement to run: the strategy, and a type for each part of its key. */
export interface Partitioning {
  readonly strategy: "list" | "range" | "hash";
  readonly types: readonly string[];
}

/** What whole files say about the objects they take for granted, by the last part of a name. */
export interface FileHints {
  readonly kinds: ReadonlyMap<string, RelationKind>;
  readonly partitioned: ReadonlyMap<string, Partitioning>;
  /** Tables that a statement turns into logged ones. */
  readonly unlogged: ReadonlySet<string>;
  /** The table that an index is made on elsewhere in the files. */
  readonly indexTables: ReadonlyMap<string, { readonly schema: string | undefined; readonly table: string }>;
}

/** Reads what the statements of all files say together: a name is a view when any of them treats it as one. */
export function readHints(trees: readonly ParseTree[]): FileHints {
  const kinds = new Map<string, RelationKind>();
  const partitioned = new Map<string, Partitioning>();
  const indexTables = new Map<string, { schema: string | undefined; table: string }>();
  const unlogged = new Set<string>();
  const know = (name: string | undefined, kind: RelationKind | undefined): void => {
    if (name !== undefined && kind !== undefined) kinds.set(name, kind);
  };
  for (const tree of trees) {
    walk(tree, {
      DropStmt({ removeType, objects }) {
        for (const object of objects ?? []) know(lastName(object), KINDS[removeType ?? ""]);
      },
      AlterTableStmt({ relation, objtype, cmds }) {
        know(relation?.relname, KINDS[objtype ?? ""]);
        for (const node of cmds ?? []) {
          const isLogging = "AlterTableCmd" in node && node.AlterTableCmd.subtype === "AT_SetLogged";
          if (isLogging) unlogged.add(relation?.relname ?? "");
          const def = "AlterTableCmd" in node ? node.AlterTableCmd.def : undefined;
          if (!def || !("PartitionCmd" in def) || relation?.relname === undefined) continue;
          const bound = partitioningOf(def.PartitionCmd.bound) ?? { strategy: "list", types: ["bigint"] };
          if (kinds.get(relation.relname) !== "index" && !partitioned.has(relation.relname)) {
            partitioned.set(relation.relname, bound);
          }
        }
      },
      CreateStmt({ partbound, inhRelations }) {
        const bound = partitioningOf(partbound);
        const [parent] = inhRelations ?? [];
        if (bound && parent && "RangeVar" in parent) partitioned.set(parent.RangeVar.relname ?? "", bound);
      },
      RenameStmt({ renameType, relation }) {
        know(relation?.relname, KINDS[renameType ?? ""]);
      },
      AlterObjectSchemaStmt({ objectType, relation }) {
        know(relation?.relname, KINDS[objectType ?? ""]);
      },
      CommentStmt({ objtype, object }) {
        know(lastName(object), KINDS[objtype ?? ""]);
      },
      RefreshMatViewStmt({ relation }) {
        know(relation?.relname, "materialized view");
      },
      AlterSeqStmt({ sequence }) {
        know(sequence?.relname, "sequence");
      },
      ReindexStmt({ kind, relation }) {
        if (kind === "REINDEX_OBJECT_INDEX") know(relation?.relname, "index");
      },
      FuncCall({ funcname, args }) {
        const name = funcname?.at(-1);
        const isSequence = name && "String" in name && /^(?:nextval|setval|currval)$/.test(name.String.sval ?? "");
        const value = args?.[0];
        const constant = value && "TypeCast" in value ? value.TypeCast.arg : value;
        if (!isSequence || !constant || !("A_Const" in constant)) return;
        know(constant.A_Const.sval?.sval?.split(".").at(-1)?.replaceAll('"', ""), "sequence");
      },
      IndexStmt({ idxname, relation }) {
        if (idxname === undefined || relation?.relname === undefined) return;
        indexTables.set(idxname, { schema: relation.schemaname, table: relation.relname });
      },
    });
  }
  return { kinds, partitioned, unlogged, indexTables };
}

const KINDS: Readonly<Record<string, RelationKind>> = {
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized view",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_INDEX: "index",
};

function partitioningOf(bound: PartitionBound | undefined): Partitioning | null {
  if (!bound || bound.is_default) return null;
  const { strategy, listdatums, lowerdatums } = bound;
  if (strategy === "h") return { strategy: "hash", types: ["bigint"] };
  if (strategy === "l") return { strategy: "list", types: [typeOf(listdatums?.[0])] };
  return { strategy: "range", types: (lowerdatums ?? []).map(typeOf) };
}

interface PartitionBound {
  readonly strategy?: string;
  readonly is_default?: boolean;
  readonly listdatums?: readonly Node[];
  readonly lowerdatums?: readonly Node[];
}

function typeOf(node: Node | undefined): string {
  if (node && "A_Const" in node) {
    if (node.A_Const.ival) return "bigint";
    if (/^\d{4}-\d\d/.test(node.A_Const.sval?.sval ?? "")) return "timestamptz";
    return "text";
  }
  return "timestamptz";
}

/** The last part of a name that is a list of strings. */
export function lastName(node: Node | undefined): string | undefined {
  if (!node) return undefined;
  if ("String" in node) return node.String.sval;
  if ("List" in node) return lastName(node.List.items?.at(-1));
  if ("TypeName" in node) return lastName(node.TypeName.names?.at(-1));
  return undefined;
}
