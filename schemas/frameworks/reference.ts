import { compareText } from "./order.ts";
import { frameworks } from "./registry.ts";
import type { Framework } from "./framework.ts";

/** The reference page of the layouts that are recognised: what each framework reads, in which order, and how. */
export function layoutsReference(): string {
  const of = (kind: Framework["kind"]): readonly Framework[] =>
    frameworks.filter((one) => one.kind === kind).sort((a, b) => compareText(a.title, b.title));
  return `${[
    HEADER,
    "## Migrations",
    table(of("history"), (one) => sentence(one.rule)),
    "## One file or script",
    table(of("dump"), (one) => sentence(one.rule)),
    "## Migrations in code",
    CODE,
    table(of("code"), (one) => one.instead ?? "", "What to give instead"),
  ].join("\n\n")}\n`;
}

const HEADER = `# Layouts

<!-- Written by scripts/config-reference.ts from schemas/frameworks. Do not edit. -->

QueryGenie finds these layouts by itself, reads the files their tool would apply and replays them in the tool's own order
and transactions. Down parts are kept and never run. Write the id under \`framework\` of a source when two layouts fit one
folder equally well (QG112).`;

const CODE = `These are programs: they are recognised and reported (QG209), not run. A dump in their place is read.`;

function table(rows: readonly Framework[], cell: (framework: Framework) => string, head = "What is read"): string {
  const lines = rows.map((one) => `| ${escaped(one.title)} | \`${one.id}\` | ${escaped(cell(one))} |`);
  return [`| Layout | Id | ${head} |`, "|---|---|---|", ...lines].join("\n");
}

function sentence(rule: string): string {
  // A file's name keeps its letters.
  return /^[a-z]+ /.test(rule) ? rule.charAt(0).toUpperCase() + rule.slice(1) : rule;
}

/** Text that no letter of which means anything in a cell of a Markdown table. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#~$]/g, String.raw`\$&`).replaceAll(/-(?=-)/g, String.raw`\-`);
}
