import { describe, expect, test } from "vitest";
import type { PlanNode } from "../plan.ts";
import { planWarnings } from "../plan-warnings.ts";
import { tablesOf } from "../guard-by-rule.ts";
import { parseMysqlPlan } from "./mysql-plan.ts";
import { parseShowplan } from "./showplan.ts";
import { readXml } from "./xml-elements.ts";

/** A plan as lines: the step, what it reads, by what, its conditions; two spaces a level. */
const drawn = (step: PlanNode, depth = 0): readonly string[] => [
  `${"  ".repeat(depth)}${[step.node, step.relation ?? step.alias, step.index && `(${step.index})`, step.conditions.length > 0 && `[${step.conditions.join("; ")}]`].filter(Boolean).join(" ")}`,
  ...step.children.flatMap((child) => drawn(child, depth + 1)),
];
const ofMysql = (block: object, sql: string) =>
  parseMysqlPlan(JSON.stringify({ query_block: block }), tablesOf(sql, "mysql"));

describe("MySQL's and MariaDB's plans", () => {
  // As MariaDB 10.11 answers.
  const joined =
    "select c.name, count(*) from customers c join shop.orders o on o.c_id = c.id where total > 10 group by name";
  const orders = {
    table_name: "o",
    access_type: "ref",
    key: "c_id",
    used_key_parts: ["c_id"],
    ref: ["shop.c.id"],
    rows: 5,
    filtered: 50,
    attached_condition: "o.total > 10",
  };
  const customers = { table_name: "c", access_type: "ALL", rows: 50_000, filtered: 100 };

  test("a join in a group is drawn with the tables behind its aliases, and the rows that each side reads", () => {
    const filesort = {
      sort_key: "c.name",
      temporary_table: { nested_loop: [{ table: customers }, { table: orders }] },
    };
    const { tree, tableRows } = ofMysql({ select_id: 1, filesort }, joined);
    expect(drawn(tree)).toEqual([
      "Sort",
      "  Materialize",
      "    Nested Loop",
      "      Seq Scan customers",
      "      Index Scan shop.orders (c_id) [c_id = shop.c.id; o.total > 10]",
    ]);
    // No cost is told: 50,000 rows, and five for each of them.
    expect([tree.cost, tree.rows]).toEqual([300_000, 125_000]);
    expect(planWarnings(tree, tableRows)).toEqual(["Reads all of customers (about 50,000 rows)."]);
  });

  test("pairs of rows without a condition are warned of", () => {
    const index = { access_type: "index", key: "name", rows: 500, filtered: 100, using_index: true };
    const buffered = { table: { table_name: "y", ...index }, join_type: "BNL" };
    const block = { nested_loop: [{ table: { table_name: "x", ...index } }, { "block-nl-join": buffered }] };
    const { tree, tableRows } = ofMysql(block, "select * from customers x, customers y");
    expect(drawn(tree)).toEqual([
      "Nested Loop",
      "  Full Index Scan customers (name)",
      "  Full Index Scan customers (name)",
    ]);
    expect(planWarnings(tree, tableRows).join()).toContain("250,000 pairs");
  });

  test("MySQL's own figures are texts and costs", () => {
    const cost_info = { read_cost: "12.50", eval_cost: "2.50", prefix_cost: "15.00" };
    const table = {
      table_name: "orders",
      access_type: "range",
      key: "at",
      rows_examined_per_scan: 90,
      filtered: "33.33",
      using_join_buffer: "hash join",
      cost_info,
      attached_condition: "(`shop`.`orders`.`at` > 1)",
    };
    const ordering_operation = { using_filesort: true, cost_info: { sort_cost: "30.00" }, table };
    const { tree } = ofMysql(
      { cost_info: { query_cost: "45.00" }, ordering_operation },
      "select * from orders order by 1",
    );
    expect(drawn(tree)).toEqual(["Sort", "  Index Scan orders (at) [(`shop`.`orders`.`at` > 1)]"]);
    expect([tree.cost, tree.children[0]?.cost]).toEqual([45, 15]);
    expect(tree.rows).toBeCloseTo(30, 1);
  });

  test("views, unions, recursion and subqueries in the list are parts of their own", () => {
    const inner = {
      query_block: {
        select_id: 2,
        having_condition: "t > 3",
        table: { table_name: "o", access_type: "ALL", rows: 9, filtered: 100 },
      },
    };
    const derived = { table_name: "<derived2>", access_type: "ALL", rows: 9, filtered: 100, materialized: inner };
    const parts = [
      { query_block: { table: { message: "No tables used" } } },
      { query_block: { nested_loop: [{ table: derived }] } },
    ];
    const block = {
      union_result: { table_name: "<union1,2>", query_specifications: parts },
      subqueries: [{ expression_cache: inner }],
    };
    expect(drawn(ofMysql(block, "select 1 from orders o").tree)).toEqual([
      "SubPlan",
      "  Append",
      "    Result [No tables used]",
      "    SubqueryScan <derived2>",
      "      Filter [t > 3]",
      "        Seq Scan orders",
      "  Memoize",
      "    Filter [t > 3]",
      "      Seq Scan orders",
    ]);
  });

  test("an alias that stands for two tables is given none", () => {
    const table = { table_name: "o", access_type: "ALL", rows: 1, filtered: 100 };
    const sql = "select (select max(o.id) from orders o) from old_orders o";
    expect(drawn(ofMysql({ table }, sql).tree)).toEqual(["Seq Scan o"]);
  });

  test.each(["{}", "[]", '{"query_block": 1}', "null"])("what is no plan is none: %s", (json) => {
    expect(() => parseMysqlPlan(json, new Map())).toThrow(TypeError);
  });
});

describe("SQL Server's plans", () => {
  const relOp = (attributes: string, inner: string): string =>
    `<RelOp NodeId="0" ${attributes}><OutputList><ColumnReference Database="[shop]" Column="Id"/></OutputList>${inner}</RelOp>`;
  const object = (table: string, more: string): string =>
    `<Object Database="[shop]" Schema="[dbo]" Table="[${table}]" ${more}/>`;
  const seek = relOp(
    'PhysicalOp="Clustered Index Seek" LogicalOp="Clustered Index Seek" EstimateRows="1" EstimatedTotalSubtreeCost="0.2"',
    `<IndexScan>${object("Customers", 'Index="[PK_Customers]" Alias="[c]"')}<SeekPredicates><SeekPredicateNew><SeekKeys><Prefix ScanType="EQ"><RangeColumns><ColumnReference Column="Id"/></RangeColumns><RangeExpressions><ScalarOperator ScalarString="[shop].[dbo].[Orders].[CustomerId] as [o].[CustomerId]"/></RangeExpressions></Prefix></SeekKeys></SeekPredicateNew></SeekPredicates></IndexScan>`,
  );
  const scan = relOp(
    'PhysicalOp="Clustered Index Scan" LogicalOp="Clustered Index Scan" EstimateRows="300" TableCardinality="90000" EstimatedTotalSubtreeCost="0.5"',
    `<IndexScan>${object("Orders]]Old", 'Index="[PK]" Alias="[o]"')}<Predicate><ScalarOperator ScalarString="[o].[Total]&gt;(10) AND [o].[Note]=N'a &lt;b&gt;&#233;'"><Compare/></ScalarOperator></Predicate></IndexScan>`,
  );
  const loops = relOp(
    'PhysicalOp="Nested Loops" LogicalOp="Inner Join" EstimateRows="300" EstimatedTotalSubtreeCost="0.9"',
    `<NestedLoops>${scan}${seek}</NestedLoops>`,
  );
  const whole = (inner: string): string =>
    `<?xml version="1.0"?><ShowPlanXML xmlns="http://schemas.microsoft.com/sqlserver/2004/07/showplan"><BatchSequence><Batch><Statements><StmtSimple StatementText="select '<>' > 1"><QueryPlan>${inner}</QueryPlan></StmtSimple></Statements></Batch></BatchSequence></ShowPlanXML>`;

  test("a join is drawn with what each side seeks", () => {
    const { tree, tableRows } = parseShowplan(whole(loops));
    expect(drawn(tree)).toEqual([
      "Nested Loop",
      `  Seq Scan dbo."Orders]Old" [[o].[Total]>(10) AND [o].[Note]=N'a <b>é']`,
      `  Index Scan dbo."Customers" (PK_Customers) [Id = [shop].[dbo].[Orders].[CustomerId] as [o].[CustomerId]]`,
    ]);
    expect(tree).toMatchObject({
      join: "Inner",
      cost: 0.9,
      rows: 300,
      children: [{ alias: "o", cost: 0.5 }, { alias: "c" }],
    });
    expect(planWarnings(tree, tableRows).join()).toContain('Reads all of dbo."Orders]Old" (about 90,000 rows)');
  });

  test("a query of no table has a step all the same", () => {
    expect(drawn(parseShowplan(whole("")).tree)).toEqual(["Result"]);
  });

  test.each(["", "plan", "<a>", "<a></b>", "</a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "<a b='", "<a>".repeat(3000)])(
    "what is no XML is refused: %#",
    (text) => {
      expect(() => readXml(text)).toThrow(SyntaxError);
    },
  );
});
