import type { ColumnDef, Constraint, RangeVar } from "libpg-query";
import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { objectId } from "#schemas/object-id.ts";
import type { AddedColumn } from "./act.ts";
import { typeWords, words } from "./nodes.ts";

const SERIAL = new Set(["smallserial", "serial2", "serial", "serial4", "bigserial", "serial8"]);

/** What a column definition asks for. */
export function addedColumn(definition: ColumnDef, base: ModelIndex): AddedColumn {
  const constraints = constraintsOf(definition.constraints ?? []);
  const has = (type: Constraint["contype"]): boolean => constraints.some(({ contype }) => contype === type);
  const type = typeWords(definition.typeName);
  const fallback = constraints.find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr ?? definition.raw_default;
  const generated = constraints.find(({ contype }) => contype === "CONSTR_GENERATED");
  const name = type.at(-1) ?? "";
  const domain = base.model.domains.find(
    ({ id, name: plain }) => id === objectId(...type) || (type.length === 1 && plain === name),
  );
  const domainDefault = domain?.default === undefined ? null : { isConstant: false, functions: [] };
  return {
    name: definition.colname ?? "",
    required:
      definition.is_not_null === true || has("CONSTR_NOTNULL") || has("CONSTR_PRIMARY") || domain?.nullable === false,
    default: fallback === undefined ? domainDefault : readDefault(fallback),
    isSerial: type.length === 1 && SERIAL.has(name),
    isIdentity: has("CONSTR_IDENTITY"),
    isStored: generated !== undefined && generated.generated_kind !== "v",
    isVirtual: generated?.generated_kind === "v",
    ...(domain ? { domain: domain.id } : {}),
  };
}

function readDefault(expression: Node): AddedColumn["default"] {
  // DEFAULT NULL is none.
  if ("A_Const" in expression && expression.A_Const.isnull === true) return null;
  const functions: string[] = [];
  let isConstant = true;
  walk(expression, {
    FuncCall({ funcname }) {
      isConstant = false;
      functions.push((funcname ?? []).flatMap(words).at(-1) ?? "");
    },
    SQLValueFunction() {
      isConstant = false;
    },
  });
  return { isConstant, functions };
}

/** A foreign key among the elements of CREATE TABLE. */
interface StatedKey {
  readonly target: RangeVar;
  /** The letter that the grammar gives its ON DELETE. */
  readonly onDelete: string | undefined;
}

/** The tables that the foreign keys among the elements of CREATE TABLE point at. */
export function foreignKeysOf(elements: readonly Node[]): readonly StatedKey[] {
  const own = constraintsOf(elements);
  const nested = elements.flatMap((item) =>
    "ColumnDef" in item ? constraintsOf(item.ColumnDef.constraints ?? []) : [],
  );
  return [...own, ...nested].flatMap(({ contype, pktable, fk_del_action }) =>
    contype === "CONSTR_FOREIGN" && pktable !== undefined ? [{ target: pktable, onDelete: fk_del_action }] : [],
  );
}

const constraintsOf = (nodes: readonly Node[]): readonly Constraint[] =>
  nodes.flatMap((item) => ("Constraint" in item ? [item.Constraint] : []));
