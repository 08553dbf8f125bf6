import { beforeAll, describe, expect, it } from "vitest";
import { readSchema } from "#test/support/questions/read-schema.ts";
import { answerByRule } from "./answer-by-rule.ts";
import { buildLexicon, type Lexicon } from "./lexicon.ts";

let lexicon: Lexicon;
let clinic: Lexicon;
beforeAll(async () => {
  clinic = buildLexicon(
    await readSchema(
      "public",
      `create table patients (id int primary key, first_name text, last_name text, title text, sex text, height int, admitted_on date, is_insured boolean, city text);
       create table doctors (id int primary key, name text, phone text);
       create table visits (id int primary key, patient_id int references patients, doctor_id int references doctors, fee numeric, visited_on date);
       create table drugs (id int primary key, name text, price numeric);
       create table drug_visit (drug_id int references drugs, visit_id int references visits, primary key (drug_id, visit_id));
       create table songs (id int primary key, title text, seconds int, directed_by text, year int);`,
    ),
  );
});

function checkClinic(question: string, expected: string): void {
  const answer = answerByRule(question, clinic);
  expect(answer.kind === "answer" ? answer.sql.replaceAll(/\s+/g, " ") : answer).toEqual(expected);
}

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
  it("does not take things in others for their join table", () =>
    checkClinic(
      "What are the names of drugs in visits of the doctor 'Ada Lin'?",
      "SELECT DISTINCT drugs.name FROM drugs JOIN drug_visit ON drug_visit.drug_id = drugs.id JOIN visits ON drug_visit.visit_id = visits.id JOIN doctors ON visits.doctor_id = doctors.id WHERE doctors.name = 'Ada Lin'",
    ));
  it("shows a person by both names and not by the title", () =>
    checkClinic(
      "Who is the tallest patient?",
      "SELECT first_name, last_name FROM patients ORDER BY height DESC NULLS LAST LIMIT 1",
    ));
  it("tells a person by one name or both", () => {
    checkClinic(
      "What is the height of the patient 'Smith'?",
      "SELECT height FROM patients WHERE (first_name = 'Smith' OR last_name = 'Smith')",
    );
    checkClinic(
      "What is the height of the patient 'Eva Smith'?",
      "SELECT height FROM patients WHERE first_name = 'Eva' AND last_name = 'Smith'",
    );
  });
  it("takes an adjective of people however it is written", () =>
    checkClinic(
      "How many female patients are there?",
      "SELECT count(*) FROM patients WHERE sex IN ('F', 'f', 'Female', 'female')",
    ));
  it("denies a flag", () =>
    checkClinic("How many uninsured patients are there?", "SELECT count(*) FROM patients WHERE NOT is_insured"));
  it("takes the time of what was done", () =>
    checkClinic(
      "How many patients were admitted after 2020?",
      "SELECT count(*) FROM patients WHERE admitted_on >= '2021-01-01'",
    ));
  it("takes what was never done for what there is none of", () =>
    checkClinic(
      "Which doctors have never been visited?",
      "SELECT name FROM doctors WHERE NOT EXISTS (SELECT 1 FROM visits WHERE visits.doctor_id = doctors.id)",
    ));
  it("sums each row once where a join repeats it", () =>
    checkClinic(
      "What is the average fee of visits with the drug 'Aspirin'?",
      "SELECT avg(fee) FROM visits WHERE EXISTS (SELECT 1 FROM drug_visit JOIN drugs ON drug_visit.drug_id = drugs.id WHERE drug_visit.visit_id = visits.id AND drugs.name = 'Aspirin')",
    ));
  it("compares a figure of each group", () =>
    checkClinic(
      "Which cities have an average height above 170?",
      "SELECT city FROM patients GROUP BY city HAVING avg(height) > 170",
    ));
  it("tells one or the other from both", () => {
    checkClinic(
      "How many songs are from before 1990 or after 2010?",
      "SELECT count(*) FROM songs WHERE (year < 1990 OR year > 2010)",
    );
    checkClinic(
      "Which doctor had both visits before 1990 and visits after 2010?",
      "SELECT DISTINCT doctors.name FROM doctors JOIN visits ON visits.doctor_id = doctors.id WHERE visits.visited_on < '1990-01-01' AND EXISTS (SELECT 1 FROM visits AS visits_2 WHERE visits_2.doctor_id = doctors.id AND visits_2.visited_on >= '2011-01-01')",
    );
  });
  it("counts a percentage of all", () =>
    checkClinic(
      "What percentage of patients are insured?",
      "SELECT avg(CASE WHEN is_insured THEN 100.0 ELSE 0 END) FROM patients",
    ));
  it("adds up who has the most", () =>
    checkClinic(
      "Which doctor has the most fees?",
      "SELECT doctors.name FROM doctors JOIN visits ON visits.doctor_id = doctors.id GROUP BY doctors.id, doctors.name ORDER BY sum(visits.fee) DESC NULLS LAST LIMIT 1",
    ));
  it("lists who did it beside what was done", () =>
    checkClinic(
      "List the titles and directors of all songs from the longest to the shortest.",
      "SELECT title, directed_by FROM songs ORDER BY seconds DESC NULLS LAST",
    ));
  it.each([
    ["How many patients do not have a city?", "SELECT count(*) FROM patients WHERE city IS NULL"],
    [
      "What is the second highest price of the drugs?",
      "SELECT DISTINCT price FROM drugs ORDER BY price DESC NULLS LAST LIMIT 1 OFFSET 1",
    ],
    [
      "What is the tallest patient in each city?",
      "SELECT city, first_name, last_name FROM patients WHERE patients.height = (SELECT max(patients_of_group.height) FROM patients AS patients_of_group WHERE patients_of_group.city = patients.city)",
    ],
    ["What are the highest and lowest price of drugs?", "SELECT max(price), min(price) FROM drugs"],
    [
      "What is the difference between the highest and the lowest price of drugs?",
      "SELECT max(price) - min(price) FROM drugs",
    ],
    [
      "How many visits were there last month?",
      "SELECT count(*) FROM visits WHERE visited_on >= date_trunc('month', current_date) - interval '1 month' AND visited_on < date_trunc('month', current_date)",
    ],
    [
      "How many patients were admitted in the last 30 days?",
      "SELECT count(*) FROM patients WHERE admitted_on >= current_date - interval '30 day'",
    ],
    [
      "Number of visits per month",
      "SELECT date_trunc('month', visited_on), count(*) FROM visits GROUP BY date_trunc('month', visited_on)",
    ],
    [
      "Which doctor has the highest average fee?",
      "SELECT doctors.name FROM doctors JOIN visits ON visits.doctor_id = doctors.id GROUP BY doctors.id, doctors.name ORDER BY avg(visits.fee) DESC NULLS LAST LIMIT 1",
    ],
    [
      "Which patients spent more than 1000 on visits?",
      "SELECT patients.first_name, patients.last_name FROM patients JOIN visits ON visits.patient_id = patients.id GROUP BY patients.id, patients.first_name, patients.last_name HAVING sum(visits.fee) > 1000",
    ],
  ] as const)("%s", (question, expected) => checkClinic(question, expected));
  it.each(["How many patients are not?", "Which drugs cost the second highest price?"])(
    "answers nothing where it does not know what is denied or ranked: %s",
    (question) => expect(answerByRule(question, clinic).kind).toBe("abstains"),
  );
  it("leaves no word out that begins like a verb", () => {
    for (const question of ["How many gold songs are there?", "List the titles and actors of all songs."])
      expect(answerByRule(question, clinic).kind).toBe("abstains");
  });
  it.each([
    ["List the doctors of the cancelled visits.", "cancelled"],
    ["Which doctors have only visits?", "only"],
    ["List the combined titles of all songs.", "combined"],
    ["Which other doctors are there?", "other"],
    ["List the latest drugs.", "latest"],
  ])("answers nothing where a word would be left out: %s", (question, word) => {
    const answer = answerByRule(question, clinic);
    expect(answer.kind === "abstains" ? answer.unexplained : answer.sql).toContain(word);
  });
  it("does not say what is both less and more", () =>
    expect(answerByRule("Which songs are shorter than 60 and longer than 90?", clinic).kind).toBe("abstains"));
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
