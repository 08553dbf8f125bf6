/** A source of numbers that is the same for the same seed. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const TABLES: Readonly<Record<string, readonly string[]>> = {
  customers: ["id", "email", "name", "country"],
  orders: ["id", "customer_id", "status", "placed_at", "total"],
  order_lines: ["order_id", "product_id", "quantity", "price"],
  products: ["id", "name", "price"],
  open_orders: ["id", "customer_id", "total"],
};

/** A query that is put together by chance; most are right, those that are not are wrong by an ambiguous name. */
export function madeQuery(next: (below: number) => number): string {
  const pick = <T>(list: readonly T[]): T => {
    const one = list[next(list.length)];
    if (one === undefined) throw new Error("an empty list");
    return one;
  };
  const names = Object.keys(TABLES);
  const tables = Array.from({ length: 1 + next(3) }, (_, index) => ({ name: pick(names), alias: `t${index}` }));
  const column = (): string => {
    const { name, alias } = pick(tables);
    const own = pick(TABLES[name] ?? []);
    return next(3) === 0 ? own : `${alias}.${own}`;
  };
  const condition = (): string => {
    switch (next(5)) {
      case 0:
        return `${column()} = ${column()}`;
      case 1:
        return `${column()} IN (SELECT id FROM customers WHERE country = ${column()})`;
      case 2:
        return `EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = ${column()})`;
      case 3:
        return `NOT (${column()} IS NULL OR ${column()} > 3)`;
      default:
        return `${column()} BETWEEN 1 AND ${column()}`;
    }
  };
  const from = tables
    .map(({ name, alias }, index) => {
      if (index === 0) return `${name} ${alias}`;
      const how = pick(["JOIN", "LEFT JOIN", "CROSS JOIN", ","]);
      const before = tables[index - 1];
      const on = `${before?.alias}.${pick(TABLES[before?.name ?? ""] ?? [])} = ${alias}.${pick(TABLES[name] ?? [])}`;
      return how === "," || how === "CROSS JOIN" ? `${how} ${name} ${alias}` : `${how} ${name} ${alias} ON ${on}`;
    })
    .join(" ");
  const items = Array.from({ length: 1 + next(3) }, (_, index) => {
    const value = pick([
      column(),
      `MAX(${column()})`,
      `COALESCE(${column()}, ${column()})`,
      `${column()} + 1`,
      "COUNT(*)",
    ]);
    return next(2) === 0 ? value : `${value} AS a${index}`;
  });
  const where = next(2) === 0 ? ` WHERE ${condition()}${next(2) === 0 ? ` AND ${condition()}` : ""}` : "";
  const group = next(3) === 0 ? ` GROUP BY ${column()}` : "";
  const having = next(4) === 0 ? ` HAVING COUNT(*) > 1${next(2) === 0 ? ` AND a0 > 1` : ""}` : "";
  const order = next(2) === 0 ? ` ORDER BY ${pick([column(), "1", "a0", "a1"])}` : "";
  const query = `SELECT ${items.join(", ")} FROM ${from}${where}${group}${having}${order}`;
  if (next(5) === 0) return `SELECT d.* FROM (${query}) d`;
  return next(6) === 0 ? `WITH made AS (${query}) SELECT * FROM made` : query;
}

/** The same query with one of its names changed by a letter. */
export function withWrongName(sql: string, next: (below: number) => number): string {
  const words = [...sql.matchAll(/\b[a-z_][a-z_0-9]{2,}\b/g)].filter(
    ({ 0: word, index }) => !isQuoted(sql, index) && word !== "utf8mb4",
  );
  const word = words[next(words.length)];
  if (!word) return sql;
  const [text] = word;
  const at = word.index;
  const wrong = next(2) === 0 ? `${text}x` : text.slice(0, -1) + (text.endsWith("q") ? "z" : "q");
  return sql.slice(0, at) + wrong + sql.slice(at + text.length);
}

const isQuoted = (sql: string, at: number): boolean => (sql.slice(0, at).split("'").length - 1) % 2 === 1;
