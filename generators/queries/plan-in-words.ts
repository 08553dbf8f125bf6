/** A step of a plan, as far as words need it. Costs are the planner's units, with all steps below. */
export interface PlannedStep {
  readonly node: string;
  readonly relation?: string;
  readonly index?: string;
  readonly conditions: readonly string[];
  readonly cost: number;
  readonly rows: number;
  readonly children: readonly PlannedStep[];
}

/** A plan in words, in the order of the work, and its costliest step with its share of the whole cost. */
export function planInWords(plan: PlannedStep): {
  readonly steps: readonly string[];
  readonly costliest: { readonly step: string; readonly share: number };
} {
  const found: { readonly text: string; readonly own: number }[] = [];
  collect(plan, found);
  const [costliest = { text: "", own: 0 }] = found.toSorted((a, b) => b.own - a.own);
  const share = plan.cost === 0 ? 0 : costliest.own / plan.cost;
  return { steps: found.map(({ text }) => text), costliest: { step: costliest.text, share: Math.min(1, share) } };
}

function collect(step: PlannedStep, found: { readonly text: string; readonly own: number }[]): void {
  for (const child of step.children) collect(child, found);
  const below = step.children.reduce((sum, { cost }) => sum + cost, 0);
  found.push({ text: stepWords(step), own: Math.max(0, step.cost - below) });
}

const WORDS: Readonly<Record<string, string>> = {
  "Seq Scan": "reads all of",
  "Full Index Scan": "reads the whole index of",
  "Index Scan": "looks up rows by an index of",
  "Index Only Scan": "answers from an index alone, of",
  "Bitmap Heap Scan": "reads the marked pages of",
  "Bitmap Index Scan": "marks pages by the index",
  "Hash Join": "matches two sides by a hash table",
  "Merge Join": "matches two sorted sides",
  "Nested Loop": "looks for matches of each row, one after the other",
  Hash: "builds a hash table",
  Sort: "sorts",
  "Incremental Sort": "sorts what is partly sorted",
  Aggregate: "works out groups and figures",
  Limit: "stops after the wanted rows",
  Unique: "leaves out repetitions",
  Materialize: "keeps rows to read them again",
  Memoize: "remembers earlier look-ups",
  WindowAgg: "works out window functions",
  Append: "takes one part after the other",
  SubqueryScan: "reads a subquery",
  "CTE Scan": "reads what was worked out before",
  SetOp: "compares two sets of rows",
  Result: "gives a result",
};

function stepWords({ node, relation, index, conditions, rows }: PlannedStep): string {
  const what = WORDS[node] ?? node;
  const of = relation ?? index;
  const where = conditions.length > 0 ? ` where ${conditions.join(" and ")}` : "";
  const by = index !== undefined && relation !== undefined ? ` (${index})` : "";
  return `${node}: ${what}${of === undefined ? "" : ` ${of}`}${by}${where}, about ${rows.toLocaleString("en")} rows`;
}
