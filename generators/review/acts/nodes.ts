import type { DefElem, SelectStmt, TypeName, VariableSetStmt } from "libpg-query";
import type { Node } from "#schemas/languages/sql/postgres/ast.ts";

/** The parts of a name: `{"sales", "orders"}`. */
export function words(node: Node | undefined): readonly string[] {
  if (node === undefined) return [];
  if ("List" in node) return (node.List.items ?? []).flatMap(words);
  if ("String" in node) return [node.String.sval ?? ""];
  if ("TypeName" in node) return typeWords(node.TypeName);
  if ("ObjectWithArgs" in node) return (node.ObjectWithArgs.objname ?? []).flatMap(words);
  return [];
}

/** The parts of a type's name, without `pg_catalog`. */
export function typeWords(type: TypeName | undefined): readonly string[] {
  const parts = (type?.names ?? []).flatMap(words);
  return parts[0] === "pg_catalog" ? parts.slice(1) : parts;
}

/** The text of each node of a list of names. */
export const stringList = (nodes: readonly Node[] | undefined): readonly string[] => (nodes ?? []).flatMap(words);

/** Whether an option such as `FULL` is given and not switched off. */
export function optionIsOn(options: readonly Node[] | undefined, name: string): boolean {
  const found = (options ?? []).flatMap((node) => ("DefElem" in node ? [node.DefElem] : []));
  const last = found.filter((option) => option.defname === name).at(-1);
  return last !== undefined && isOn(last);
}

function isOn({ arg }: DefElem): boolean {
  if (arg === undefined) return true;
  if ("Boolean" in arg) return arg.Boolean.boolval === true;
  if ("Integer" in arg) return arg.Integer.ival === 1;
  if ("String" in arg) return !["off", "false", "0"].includes((arg.String.sval ?? "").toLowerCase());
  return true;
}

/** The text of an option's value; undefined when the option is not given. */
export function optionText(options: readonly Node[] | undefined, name: string): string | undefined {
  const found = (options ?? []).flatMap((node) => ("DefElem" in node ? [node.DefElem] : []));
  const { arg } = found.find((option) => option.defname === name) ?? {};
  return arg === undefined ? undefined : constant(arg)[0];
}

/** `SELECT set_config('name', 'value', …)` sets as SET does. */
export function settingCall({ targetList = [] }: SelectStmt): { readonly name: string; readonly value: string } | null {
  for (const item of targetList) {
    const call = "ResTarget" in item ? item.ResTarget.val : undefined;
    if (call === undefined || !("FuncCall" in call)) continue;
    const { funcname, args = [] } = call.FuncCall;
    if (stringList(funcname).at(-1) !== "set_config") continue;
    const [name, value] = args.map((arg) => ("A_Const" in arg ? constant(arg)[0] : undefined));
    if (name !== undefined && value !== undefined) return { name: name.toLowerCase(), value };
  }
  return null;
}

/** What a SET statement sets; `values` is null when it goes back to the default. */
export function settingOf({ kind, name, args }: VariableSetStmt): {
  readonly name: string;
  readonly values: readonly string[] | null;
} | null {
  if (name === undefined) return null;
  if (kind !== "VAR_SET_VALUE") return { name: name.toLowerCase(), values: null };
  return { name: name.toLowerCase(), values: (args ?? []).flatMap(constant) };
}

/** The text of a constant; nothing for anything else. */
export function constant(node: Node): readonly string[] {
  if ("A_Const" in node) {
    const { ival, fval, sval, boolval } = node.A_Const;
    if (sval) return [sval.sval ?? ""];
    if (ival) return [String(ival.ival ?? 0)];
    if (fval) return [fval.fval ?? ""];
    if (boolval) return [String(boolval.boolval === true)];
  }
  return words(node);
}
