import { walk, type Node, type Visitor } from "./ast.ts";
import type { ParseTree } from "./parse.ts";

/** Something in a statement that older versions of PostgreSQL refuse. */
export interface NewerFeature {
  /** As it is written in SQL. */
  readonly what: string;
  /** The first major version that has it. */
  readonly since: number;
  /** The name of a function, which an extension or the schema itself may have in older versions too. */
  readonly call?: string;
}

/** What a statement uses that came with PostgreSQL 12 or later, by the release notes of each version. */
export function newerFeatures(tree: ParseTree | Node): readonly NewerFeature[] {
  const found = new Map<string, NewerFeature>();
  const add = (since: number, what: string, isThere = true): void => {
    if (isThere) found.set(what, { what, since });
  };
  walk(tree, {
    ...schemaFeatures(add),
    ...queryFeatures(add),
    FuncCall({ funcname = [] }) {
      const names = funcname.map(nameOf);
      const call = names.at(-1) ?? "";
      const isSystem = names.length === 1 || names[0] === "pg_catalog";
      const since = isSystem && Object.hasOwn(FUNCTIONS, call) ? FUNCTIONS[call] : undefined;
      if (since !== undefined) found.set(call, { what: `${call}()`, since, call });
    },
  });
  return [...found.values()];
}

/** Where the release notes of a version are. */
export const releaseNotes = (major: number): string => `https://www.postgresql.org/docs/release/${major}.0/`;

type Add = (since: number, what: string, isThere?: boolean) => void;

function schemaFeatures(add: Add): Visitor {
  return {
    Constraint({ contype, keys, generated_kind, nulls_not_distinct, fk_del_set_cols, ...constraint }) {
      const isNotNull = contype === "CONSTR_NOTNULL";
      add(12, "a stored generated column", contype === "CONSTR_GENERATED" && generated_kind !== "v");
      add(18, "a virtual generated column", contype === "CONSTR_GENERATED" && generated_kind === "v");
      add(15, "NULLS NOT DISTINCT", nulls_not_distinct === true);
      add(15, "ON DELETE SET with columns", (fk_del_set_cols ?? []).length > 0);
      add(18, "a NOT NULL constraint of the table", isNotNull && keys !== undefined);
      add(18, "NOT NULL … NOT VALID", isNotNull && constraint.skip_validation === true);
      add(18, "WITHOUT OVERLAPS", constraint.without_overlaps === true);
      add(18, "PERIOD in a foreign key", constraint.fk_with_period === true);
      add(18, "NOT ENFORCED", contype === "CONSTR_ATTR_NOT_ENFORCED" || isUnenforced(contype, constraint.is_enforced));
    },
    IndexStmt: ({ nulls_not_distinct }) => add(15, "NULLS NOT DISTINCT", nulls_not_distinct === true),
    CreateTrigStmt: ({ replace, isconstraint }) =>
      add(14, "CREATE OR REPLACE TRIGGER", replace === true && isconstraint !== true),
    CreateFunctionStmt: ({ sql_body }) => add(14, "a function body in SQL without quotes", sql_body !== undefined),
    ColumnDef({ compression, storage_name }) {
      add(14, "COMPRESSION", compression !== undefined);
      add(16, "STORAGE in CREATE TABLE", storage_name !== undefined);
    },
    AlterTableCmd({ subtype }) {
      const command = subtype && COMMANDS[subtype];
      if (command) add(...command);
    },
    PartitionCmd: ({ concurrent }) => add(14, "DETACH PARTITION CONCURRENTLY", concurrent === true),
    ReindexStmt: ({ params = [] }) => add(12, "REINDEX CONCURRENTLY", params.some(isCalled("concurrently"))),
    ViewStmt: ({ options = [] }) => add(15, "security_invoker", options.some(isCalled("security_invoker"))),
    StatsElem: ({ expr }) => add(14, "statistics of an expression", expr !== undefined),
    DropdbStmt: ({ options = [] }) => add(13, "DROP DATABASE … WITH (FORCE)", options.length > 0),
    CopyStmt: ({ whereClause }) => add(12, "COPY … WHERE", whereClause !== undefined),
    TypeName({ names = [] }) {
      const name = nameOf(names.at(-1));
      add(14, name, /^(?:int4|int8|num|ts|tstz|date)multirange$/.test(name));
    },
  };
}

function queryFeatures(add: Add): Visitor {
  return {
    SelectStmt({ groupDistinct, limitOption }) {
      add(14, "GROUP BY DISTINCT", groupDistinct === true);
      add(13, "FETCH FIRST … WITH TIES", limitOption === "LIMIT_OPTION_WITH_TIES");
    },
    CommonTableExpr({ ctematerialized, search_clause, cycle_clause }) {
      add(12, "MATERIALIZED", ctematerialized !== undefined && ctematerialized !== "CTEMaterializeDefault");
      add(14, "SEARCH", search_clause !== undefined);
      add(14, "CYCLE", cycle_clause !== undefined);
    },
    MergeStmt({ returningClause }) {
      add(15, "MERGE");
      add(17, "MERGE … RETURNING", returningClause !== undefined);
    },
    MergeWhenClause: ({ matchKind }) =>
      add(17, "WHEN NOT MATCHED BY SOURCE", matchKind === "MERGE_WHEN_NOT_MATCHED_BY_SOURCE"),
    ReturningClause: ({ options = [] }) => add(18, "RETURNING WITH (OLD AS …)", options.length > 0),
    JsonTable: () => add(17, "JSON_TABLE"),
    JsonFuncExpr: () => add(17, "JSON_VALUE, JSON_QUERY and JSON_EXISTS"),
    JsonIsPredicate: () => add(16, "IS JSON"),
    JsonObjectConstructor: () => add(16, "JSON_OBJECT with keys and values"),
    JsonArrayConstructor: () => add(16, "JSON_ARRAY"),
  };
}

/** A CHECK or a foreign key is enforced unless it says otherwise; PostgreSQL's print leaves `false` out. */
const isUnenforced = (contype: string | undefined, isEnforced: boolean | undefined): boolean =>
  (contype === "CONSTR_CHECK" || contype === "CONSTR_FOREIGN") && isEnforced !== true;

const COMMANDS: Readonly<Record<string, readonly [number, string]>> = {
  AT_DropExpression: [13, "DROP EXPRESSION"],
  AT_SetCompression: [14, "SET COMPRESSION"],
  AT_DetachPartitionFinalize: [14, "DETACH PARTITION … FINALIZE"],
  AT_SetAccessMethod: [15, "SET ACCESS METHOD"],
  AT_SetExpression: [17, "SET EXPRESSION"],
};

const FUNCTIONS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries({
    13: "gen_random_uuid gcd lcm min_scale trim_scale is_normalized jsonb_set_lax jsonb_path_query_tz jsonb_path_exists_tz",
    14: "date_bin bit_count bit_xor trim_array string_to_table unistr range_agg range_intersect_agg",
    15: "regexp_count regexp_instr regexp_like regexp_substr",
    16: "any_value array_shuffle array_sample random_normal pg_input_is_valid pg_input_error_info date_add date_subtract",
    17: "to_bin to_oct uuid_extract_timestamp uuid_extract_version unicode_assigned xmltext pg_basetype",
    18: "uuidv4 uuidv7 array_sort array_reverse casefold crc32 crc32c",
  }).flatMap(([since, names]) => names.split(" ").map((name) => [name, Number(since)])),
);

const nameOf = (node: Node | undefined): string => (node && "String" in node ? (node.String.sval ?? "") : "");

const isCalled = (name: string) => (node: Node) => "DefElem" in node && node.DefElem.defname === name;
