import { describe, expect, it } from "vitest";
import { checkDiagrams } from "./check-diagrams.ts";

const check = async (text: string): Promise<string[]> =>
  (await checkDiagrams([{ path: "docs/a.md", text }])).map(
    ({ code, message, origin }) => `${code} ${origin?.file}:${origin?.line} ${message}`,
  );

const fence = (...lines: string[]): string => ["```mermaid", ...lines, "```", ""].join("\n");

describe("checkDiagrams", () => {
  const right: readonly [name: string, text: string][] = [
    ["a flow", fence("graph TD", "  A-->B")],
    ["a sequence with an empty line", fence("sequenceDiagram", "", "  A->>B: hi")],
    ["tables", fence("erDiagram", "  A ||--o{ B : has")],
    ["a mind map, whose grammar knows indentation", fence("mindmap", "  root", "    a")],
    ["a chart", fence("xychart-beta", "  x-axis [a, b]", "  bar [1, 2]")],
    ["what is no diagram", "```sql\nselect from\n```\n\n    graph TD -->\n"],
    ["a diagram that is only quoted", "`` ```mermaid `` begins one\n\n````md\n```mermaid\nnonsense\n```\n````\n"],
  ];
  it.each(right)("takes %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  const wrong: readonly [name: string, text: string, place: string][] = [
    ["a message without its end", `# A\n\n${fence("sequenceDiagram", "  A->>B: hi", "  B-->", "  A->>B: x")}`, "6"],
    ["a line after an empty one", fence("stateDiagram-v2", "", "  [*] --> A", "  A -->", "  B --> A"), "5"],
    ["a kind that nobody knows", `text\n\n${fence("grph TD", "  A-->B")}`, "4"],
    ["a diagram below front matter", `---\ntitle: A\n---\n\n${fence("pie", '  "a" : x')}`, "7"],
    ["a diagram in a list", `- one\n\n  ${fence("graph TD", "  A--").replaceAll("\n", "\n  ")}\n`, "5"],
  ];
  it.each(wrong)("names the line of %s", async (_name, text, line) => {
    const [found, ...more] = await check(text);
    expect(found).toContain(`QG418 docs/a.md:${line} a Mermaid diagram of the guide does not parse: `);
    expect(more).toEqual([]);
  });
});
