import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { notes, table, type Results } from "./report.ts";

const path = fileURLToPath(new URL("./README.md", import.meta.url));
const START = "<!-- results -->";
const END = "<!-- end of results -->";

/** Puts the figures of this run into bench/README.md, between its two marks. */
export async function writeSummary(results: Results): Promise<void> {
  const text = await readFile(path, "utf8");
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start < 0 || end < start) throw new Error("bench/README.md has lost the marks between which its figures stand.");
  await writeFile(path, `${text.slice(0, start)}${START}\n\n${summary(results)}\n\n${text.slice(end)}`);
}

function summary({ date, machine, cli, rows, skipped }: Results): string {
  const load = (values: readonly number[]): string => values.map((value) => value.toFixed(2)).join(" ");
  const lines = [
    `${date.slice(0, 10)}, ${machine.cores} cores (${machine.processor}), ${machine.memoryGigabytes} GB, Node ${machine.node}, \`${cli}\`; load average ${load(machine.loadBefore)} before and ${load(machine.loadAfter)} after.`,
    table(rows),
    notes(rows),
    skipped.map(({ scenario, reason }) => `- ${scenario} was skipped: ${reason}`).join("\n"),
  ];
  return lines.filter((line) => line !== "").join("\n\n");
}
