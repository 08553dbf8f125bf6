import type { LoggedCall } from "./model-server.ts";

/** The `data` of the prompt in a call, whichever provider's wire it came over. */
export function promptData(call: LoggedCall): Readonly<Record<string, unknown>> {
  const texts: string[] = [];
  collectTexts(call.body, texts);
  const input = texts.find((text) => text.startsWith('{"data":'));
  if (input === undefined) throw new Error("the call holds no prompt");
  return JSON.parse(input).data;
}

function collectTexts(value: unknown, into: string[]): void {
  if (typeof value === "string") into.push(value);
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) collectTexts(part, into);
}

interface SeenColumn {
  readonly name: string;
  readonly comment?: string;
}
interface Seen {
  readonly id: string;
  readonly columns?: readonly SeenColumn[];
}

/** Ids of the objects that a call wants described. */
export function askedIds(call: LoggedCall): readonly string[] {
  return wantsExamples(call) ? [] : seen(call).map(({ id }) => id);
}

/** Ids of the columns that a call wants example values for. */
export function exampleIds(call: LoggedCall): readonly string[] {
  const { names } = promptData(call);
  return wantsExamples(call) && Array.isArray(names) ? names.map(String) : [];
}

/** Only a call for examples names columns. */
const wantsExamples = (call: LoggedCall): boolean => "names" in promptData(call);

/** What an obedient model answers to a call for descriptions or for example values. */
export function describeAnswer(call: LoggedCall): string {
  if (wantsExamples(call)) {
    const values = ["Modelled value one", "Modelled value two", "Modelled value three"];
    return JSON.stringify({ columns: exampleIds(call).map((id) => ({ id, values })) });
  }
  const items = seen(call).map(({ id, columns = [] }) => ({
    id,
    text: `Modelled words for one row of ${id
      .split(".")
      .at(-1)
      ?.replaceAll(/[^a-z ]+/g, " ")
      .trim()}.`,
    columns: columns
      .filter(({ comment }) => comment === undefined)
      .map(({ name }) => ({ name, text: "Modelled meaning of the value." })),
    aliases: ["modelled alias"],
    questions: ["How many are there?"],
  }));
  return JSON.stringify({ items });
}

function seen(call: LoggedCall): readonly Seen[] {
  const { relations = [], objects = [] } = promptData(call);
  return [...asSeen(relations), ...asSeen(objects)];
}

function asSeen(list: unknown): readonly Seen[] {
  if (!Array.isArray(list)) return [];
  return list.filter((one): one is Seen => typeof one === "object" && one !== null && "id" in one);
}
