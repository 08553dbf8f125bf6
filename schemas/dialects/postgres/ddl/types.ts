import type { SchemaModel } from "../../../model.ts";
import { parseObjectId } from "../../../object-id.ts";
import type { Step } from "../../in-order.ts";
import { literal, mentioned, path, quote } from "./text.ts";
import type { Names } from "./write-postgres.ts";

export function typeSteps(model: SchemaModel, names: Names): readonly Step[] {
  const of = (...texts: readonly string[]): readonly string[] =>
    texts.flatMap(mentioned).flatMap((name) => names.get(name) ?? []);
  return [
    ...model.enums.map((type): Step => ({
      id: type.id,
      needs: [],
      statements: [`CREATE TYPE ${path(type)} AS ENUM (${type.labels.map(literal).join(", ")})`],
    })),
    ...model.domains.map((type): Step => {
      const { base, collation, checks, nullable, default: value } = type;
      const parts = [
        ...(collation === undefined ? [] : [`COLLATE ${collation}`]),
        ...(value === undefined ? [] : [`DEFAULT ${value}`]),
        ...(nullable ? [] : ["NOT NULL"]),
      ];
      return {
        id: type.id,
        needs: of(base.raw, value ?? "", ...checks.map(({ expression }) => expression)),
        statements: [
          [`CREATE DOMAIN ${path(type)} AS ${base.raw}`, ...parts].join(" "),
          ...checks.map(
            ({ name, definition }) => `ALTER DOMAIN ${path(type)} ADD CONSTRAINT ${quote(name)} ${definition}`,
          ),
        ],
      };
    }),
    ...model.composites.map((type): Step => ({
      id: type.id,
      needs: of(...type.attributes.map((attribute) => attribute.type.raw)),
      statements: [
        `CREATE TYPE ${path(type)} AS (${type.attributes.map(({ name, type: { raw } }) => `${quote(name)} ${raw}`).join(", ")})`,
      ],
    })),
    ...model.ranges.map((type): Step => {
      const multirange =
        type.multirange === undefined
          ? ""
          : `, multirange_type_name = ${(parseObjectId(type.multirange) ?? [type.multirange]).map(quote).join(".")}`;
      return {
        id: type.id,
        needs: of(type.subtype.raw),
        statements: [`CREATE TYPE ${path(type)} AS RANGE (subtype = ${type.subtype.raw}${multirange})`],
      };
    }),
  ];
}
