/** One layout of the shop's schema for each framework: what it reads, in which order, and files that must stay out. */
export interface Layout {
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where the framework finds it; the folder when absent. */
  readonly path?: string;
  /** Paths in the runner's order. */
  readonly order: readonly string[];
  readonly transaction: "file" | "all" | "none";
  /** A folder below that the framework's own rule does not enter. */
  readonly below: string;
}

export const customers = "CREATE TABLE customers (id bigserial PRIMARY KEY, email text);\n";
export const orders = "CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint REFERENCES customers);\n";
export const status = "ALTER TABLE orders ADD COLUMN status text;\n";
