import { describe, expect, it } from "vitest";
import { pack, unpack } from "./packed.ts";

describe("pack", () => {
  const table = { kind: "table", id: "sales.orders", columns: [{ kind: "column", id: "sales.orders.id" }] };
  const cases: readonly [name: string, value: unknown][] = [
    ["plain values", ["text", 1, -1, true, null, {}, []]],
    ["objects of one set of keys", [table, { ...table, id: "sales.lines" }, { ...table, kind: "view" }]],
    ["texts that look like references", ["~0", "~~0", "~1.name", "repeated", "repeated", "repeated.name", "~", ""]],
    ["a text that begins with another", ["sales.orders", "sales.orders", "sales.orders.id", "sales.orders."]],
    [
      "keys that objects have by birth",
      JSON.parse('[{"__proto__":1,"constructor":2},{"__proto__":1,"constructor":3}]'),
    ],
    [
      "null beside a value, and nested alike",
      [
        { a: null, b: [1] },
        { a: 1, b: [1] },
        { a: null, b: { a: null } },
      ],
    ],
  ];
  it.each(cases)("gives back %s", (_name, value) => {
    expect(unpack(JSON.parse(JSON.stringify(pack(value))))).toEqual(value);
  });

  it("writes keys, repeated texts and what all say once", () => {
    const columns = Array.from({ length: 50 }, (_, at) => ({
      kind: "column",
      id: `sales.orders.c${at}`,
      of: "sales.orders",
    }));
    const text = JSON.stringify(pack(columns));
    expect(text.match(/"kind"/g)).toHaveLength(1);
    expect(text.length).toBeLessThan(JSON.stringify(columns).length / 4);
  });
});
