import { beforeAll, describe, expect, it } from "vitest";
import { readSchema } from "#test/support/questions/read-schema.ts";
import { answerByRule } from "./answer-by-rule.ts";
import { buildLexicon, type Lexicon } from "./lexicon.ts";

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = buildLexicon(
    await readSchema(
      "public",
      `create table customers (id int primary key, name text, city text, country text);
       create table orders (id int primary key, customer_id int references customers, ordered_at date, total numeric, is_paid boolean);
       create table products (id int primary key, name text, price numeric);
       create table order_items (order_id int references orders, product_id int references products, quantity int,
         primary key (order_id, product_id));`,
    ),
  );
});

function check(question: string, expected: string): void {
  const answer = answerByRule(question, lexicon);
  expect(answer.kind === "answer" ? answer.sql.replaceAll(/\s+/g, " ") : answer).toEqual(expected);
}

function checkAbstains(question: string, expected: readonly string[]): void {
  expect(answerByRule(question, lexicon)).toMatchObject({ kind: "abstains", unexplained: expected });
}

describe("answerByRule", () => {
  it("counts", () => check("How many customers do we have?", "SELECT count(*) FROM customers"));
  it("filters by a named place", () =>
    check("Which customers are in Berlin?", "SELECT name FROM customers WHERE city = 'Berlin'"));
  it("compares a column with a number", () =>
    check("List the names of products with a price above 20", "SELECT name FROM products WHERE price > 20"));
  it("takes all days of a year", () =>
    check(
      "How many orders were made in 2024?",
      "SELECT count(*) FROM orders WHERE ordered_at >= '2024-01-01' AND ordered_at < '2025-01-01'",
    ));
  it("counts for each thing", () =>
    check(
      "How many orders does each customer have?",
      "SELECT customers.name, count(*) FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.id, customers.name",
    ));
  it("finds the one with the most", () =>
    check(
      "Which customer has the most orders?",
      "SELECT customers.name FROM customers JOIN orders ON orders.customer_id = customers.id GROUP BY customers.id, customers.name ORDER BY count(*) DESC LIMIT 1",
    ));
  it("finds those without", () =>
    check(
      "Which customers have no orders?",
      "SELECT name FROM customers WHERE NOT EXISTS (SELECT 1 FROM orders WHERE orders.customer_id = customers.id)",
    ));
  it("asks for at least so many", () =>
    check(
      "Which customers have at least 2 orders?",
      "SELECT customers.name FROM customers JOIN orders ON orders.customer_id = customers.id GROUP BY customers.id, customers.name HAVING count(*) >= 2",
    ));
  it("compares with the average", () =>
    check(
      "Which products cost more than the average price?",
      "SELECT name FROM products WHERE price > (SELECT avg(price) FROM products)",
    ));
  it("joins over a join table, each thing once", () =>
    check(
      "What are the names of products in orders of the customer 'Ada'?",
      "SELECT DISTINCT products.name FROM products JOIN order_items ON order_items.product_id = products.id JOIN orders ON order_items.order_id = orders.id JOIN customers ON orders.customer_id = customers.id WHERE customers.name = 'Ada'",
    ));
  it("keeps quotes in a value what they are", () =>
    check(`Which customers are named "O'Brien"?`, "SELECT name FROM customers WHERE name = 'O''Brien'"));
  it("says which words it does not know", () => checkAbstains("Which customers are delinquent?", ["delinquent"]));
  it("does not sum what a join repeats", () => {
    const answer = answerByRule("What is the total of orders with more than 2 products?", lexicon);
    expect(answer.kind === "answer" && /sum\(/.test(answer.sql) && /JOIN order_items/.test(answer.sql)).toBe(false);
  });
  it.each(["", "?", "DROP TABLE customers", "'; delete from orders; --", "a".repeat(5000), "💥 how many?"])(
    "writes nothing but a query for %j",
    (question) => {
      const answer = answerByRule(question, lexicon);
      expect(answer.kind === "answer" ? answer.sql : "SELECT ").toMatch(/^SELECT /);
    },
  );
});
