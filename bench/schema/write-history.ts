import { planTimeline, type Timeline } from "./plan-timeline.ts";
import { literal, qualified, quote } from "./names.ts";
import type { PlannedEnum, PlannedSchema, PlannedTable } from "./plan.ts";
import { createRandom, type Random } from "./random.ts";
import { writeTableHistory } from "./write-table-history.ts";
import { createDomain, createEnum, createRoutine, createSchema, createView, script } from "./write-sql.ts";

/** Order of the statements within one migration. */
export const PHASES = [
  "types",
  "rename",
  "create",
  "change",
  "constrain",
  "index",
  "attach",
  "describe",
  "drop",
] as const;
export type Phase = (typeof PHASES)[number];

/** Puts statements into the migration of a moment. `title` names the file when nothing more important is in it. */
export type Write = (moment: number, phase: Phase, title: string, statements: readonly string[]) => void;

interface Step {
  readonly phase: Phase;
  readonly title: string;
  readonly statements: readonly string[];
}

/** The same database as the dump, as the migrations that led to it. Only the order of columns differs. */
export function writeHistory(plan: PlannedSchema, seed: number): { readonly path: string; readonly text: string }[] {
  const random = createRandom(`${seed}/history`);
  const timeline = planTimeline(plan, random.fork("timeline"));
  const moments = new Map<number, Step[]>();
  const write: Write = (moment, phase, title, statements) => {
    if (statements.length === 0) return;
    const steps = moments.get(moment);
    if (steps) steps.push({ phase, title, statements });
    else moments.set(moment, [{ phase, title, statements }]);
  };
  writeTypes(plan, timeline, { write, random: random.fork("types") });
  for (const table of plan.tables) {
    writeTableHistory(table, timeline, { write, random: random.fork(`table ${table.schema}.${table.name}`) });
  }
  writeLater(plan, timeline, { write, random: random.fork("later") });
  writeMistakes(plan, timeline, { write, random: random.fork("mistakes") });
  return [...moments].sort(([a], [b]) => a - b).map(([, steps], index) => migration(index + 1, steps));
}

export interface Writer {
  readonly write: Write;
  readonly random: Random;
}

function migration(number: number, steps: readonly Step[]): { path: string; text: string } {
  const sorted = PHASES.flatMap((phase) => steps.filter((step) => step.phase === phase));
  const first = sorted.find(({ phase }) => phase === "create") ?? sorted[0];
  return {
    path: `${String(number).padStart(4, "0")}_${first?.title}.sql`,
    text: script(sorted.flatMap(({ statements }) => statements)),
  };
}

/** A department's schema and types come with its first table; some states are thought of later. */
function writeTypes(plan: PlannedSchema, timeline: Timeline, { write, random }: Writer): void {
  for (const module of plan.modules) {
    const first = plan.tables.find(({ schema }) => schema === module.schema);
    const moment = first ? timeline.of(first).created : 0;
    write(moment, "types", `create_schema_${module.schema}`, createSchema(module));
    write(
      moment,
      "types",
      "domains",
      plan.domains.filter(({ schema }) => schema === module.schema).flatMap(createDomain),
    );
    for (const type of plan.enums.filter(({ schema }) => schema === module.schema))
      writeEnum(type, moment, timeline, { write, random });
  }
}

function writeEnum(type: PlannedEnum, moment: number, timeline: Timeline, { write, random }: Writer): void {
  const later = type.labels.length > 3 && random.chance(0.6) ? 1 : 0;
  const early = type.labels.slice(0, type.labels.length - later);
  write(moment, "types", type.name, createEnum(type, early));
  for (const label of type.labels.slice(early.length)) {
    const when = random.int(moment + 1, timeline.last);
    write(when, "types", `add_${type.name}_${label}`, [`alter type ${qualified(type)} add value ${literal(label)}`]);
  }
}

/** Functions and views, once what they read has its final shape. */
function writeLater(plan: PlannedSchema, timeline: Timeline, { write, random }: Writer): void {
  const after = (reads: readonly PlannedTable[]): number =>
    Math.max(0, ...reads.map((table) => timeline.of(table).settled));
  for (const routine of plan.routines) {
    // A trigger's function must be there before the first table that uses it.
    write(
      after(routine.reads),
      routine.reads.length === 0 ? "types" : "attach",
      `add_${routine.name}`,
      createRoutine(routine),
    );
  }
  for (const view of plan.views) {
    const moment = random.int(after(view.reads), timeline.last);
    write(moment, "attach", `add_${view.name}`, createView(view));
    if (view.isMaterialized || moment >= timeline.last || !random.chance(0.2)) continue;
    const again = `create or replace view ${qualified(view)} as\n${view.query}`;
    write(random.int(moment + 1, timeline.last), "attach", `rework_${view.name}`, [again]);
  }
}

/** Tables and columns that turned out not to be needed. */
function writeMistakes(plan: PlannedSchema, timeline: Timeline, { write, random }: Writer): void {
  for (const table of random.sample(plan.tables, Math.ceil(plan.tables.length / 40))) {
    const { created } = timeline.of(table);
    if (created >= timeline.last - 1) continue;
    const made = random.int(created, timeline.last - 1);
    const name = `${table.name.slice(0, 50)}_trial`;
    const column = { schema: table.schema, name };
    write(made, "create", `create_${name}`, [
      `create table ${qualified(column)} (id bigint generated always as identity primary key, content jsonb not null default '{}', tried_at timestamptz)`,
      `create index on ${qualified(column)} (tried_at)`,
    ]);
    write(random.int(made + 1, timeline.last), "drop", `drop_${name}`, [`drop table ${qualified(column)}`]);
  }
  for (const table of random.sample(plan.tables, Math.ceil(plan.tables.length / 12))) {
    const { created } = timeline.of(table);
    if (created >= timeline.last - 1) continue;
    const made = random.int(created + 1, timeline.last - 1);
    const gone = random.int(made + 1, timeline.last);
    const add = `alter table ${qualified(timeline.named(table, made))} add column ${quote("old_system_ref")} varchar(40)`;
    write(made, "change", `change_${table.name}`, [add]);
    write(gone, "drop", `tidy_${table.name}`, [
      `alter table ${qualified(timeline.named(table, gone))} drop column ${quote("old_system_ref")}`,
    ]);
  }
}
