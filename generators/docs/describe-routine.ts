import type { Routine } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { displayType } from "./display-type.ts";
import { capitalised, counted } from "./names.ts";
import { code, prose, proseList, type Prose } from "./prose.ts";

const VOLATILITY = {
  immutable: "the same input always gives the same result",
  stable: "it reads the database and changes nothing",
  volatile: "",
} as const;

/** A routine in one or two sentences, from its signature and the triggers that call it. */
export function describeRoutineOffline(index: ModelIndex, routine: Routine): Prose {
  const callers = [...new Set(index.triggersCalling(routine.id).map(({ object }) => object.id))].map((id) => code(id));
  if (routine.returns === "trigger") {
    const called = callers.length === 0 ? [] : prose`, called by ${proseList(callers)}`;
    return prose`Trigger function in ${language(routine)}${called}.`;
  }
  const given = routine.arguments.filter((argument) => argument.mode !== "out" && argument.mode !== "table").length;
  const takes = given === 0 ? "no arguments" : counted(given, "argument");
  const returns = routine.returns === undefined ? [] : prose` and returns ${code(displayType(routine.returns))}`;
  const promise = VOLATILITY[routine.volatility];
  return prose`${capitalised(routine.variant)} in ${language(routine)} that takes ${takes}${returns}${promise === "" ? "" : `; ${promise}`}.`;
}

function language({ language: name }: Routine): string {
  return { sql: "SQL", plpgsql: "PL/pgSQL", c: "C", internal: "the engine" }[name.toLowerCase()] ?? name;
}
