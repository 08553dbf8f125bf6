import type { Module } from "./module.ts";
import { modules } from "./modules.ts";
import { plural } from "./names.ts";
import { parts, type Part } from "./parts.ts";
import { partitionCount } from "./plan-partitions.ts";
import { planReferences } from "./plan-references.ts";
import { planRoutines } from "./plan-routines.ts";
import { planTable, type Draft } from "./plan-table.ts";
import { planViews } from "./plan-views.ts";
import type { PlannedDomain, PlannedEnum, PlannedSchema } from "./plan.ts";
import { createRandom, type Random } from "./random.ts";

/** Main tables that most departments have; a schema with fewer tables leaves departments out. */
const TABLES_PER_MODULE = 40;
/** Of a department's tables, this share is main tables; the others belong to one. */
const MAIN_SHARE = 0.29;

/** Thinks up a database of exactly `tables` tables, partitions included. The same options give the same plan. */
export function planSchema({ tables: count, seed }: { readonly tables: number; readonly seed: number }): PlannedSchema {
  const random = createRandom(seed);
  const used = modules.slice(0, Math.min(modules.length, Math.max(1, Math.round(count / TABLES_PER_MODULE))));
  const enums = used.flatMap((module) => planEnums(module));
  const tables = draftTables(used, count, random.fork("drafts")).map((draft) =>
    planTable(draft, { enums, random: random.fork(`table ${draft.module.schema}.${draft.noun}`) }),
  );
  planReferences(tables, random.fork("references"));
  return {
    modules: [{ schema: "shared", comment: "Types that every department uses" }, ...used],
    domains,
    enums: [...sharedEnums, ...enums],
    tables,
    routines: planRoutines(tables, random.fork("routines")),
    views: planViews(tables, random.fork("views")),
  };
}

/** The main tables, department by department, each followed by the parts that are drawn for it. */
function draftTables(used: readonly Module[], count: number, random: Random): Draft[] {
  const mains = spread(used, Math.max(1, Math.round(count * MAIN_SHARE))).map(({ module, noun }): Draft => ({
    module,
    noun,
    role: "main",
  }));
  let rest = count - mains.length;
  for (const { noun } of mains) rest -= partitionCount(noun);
  const decks = mains.map((owner) => ({ owner, left: shuffledParts(random.fork(owner.noun)) }));
  const drafts = new Map(mains.map((draft) => [draft, [draft]]));
  for (; rest > 0; rest--) {
    // The first nouns of a department are its important things, and important things have more parts.
    const open = decks.filter(({ left }) => left.length > 0);
    const { owner, left } = random.weighted(
      open,
      (deck) => 1 + 3 / (1 + deck.owner.module.nouns.indexOf(deck.owner.noun)),
    );
    const part = left.shift();
    if (!part) continue;
    drafts
      .get(owner)
      ?.push({ module: owner.module, noun: `${owner.noun}_${part.suffix}`, role: part.role, owner, part });
  }
  return [...drafts.values()].flat();
}

/** The first nouns of all departments, then the second ones, until there are enough. */
function spread(used: readonly Module[], count: number): { module: Module; noun: string }[] {
  const most = Math.max(...used.map(({ nouns }) => nouns.length));
  const all = Array.from({ length: most }, (_, rank) =>
    used.flatMap((module) => (module.nouns[rank] ? [{ module, noun: module.nouns[rank] }] : [])),
  );
  const wanted = new Set(
    all
      .flat()
      .slice(0, count)
      .map(({ module, noun }) => `${module.schema}.${noun}`),
  );
  return used.flatMap((module) =>
    module.nouns.flatMap((noun) => (wanted.has(`${module.schema}.${noun}`) ? [{ module, noun }] : [])),
  );
}

function shuffledParts(random: Random): Part[] {
  const left = [...parts];
  const order: Part[] = [];
  while (left.length > 0) {
    const drawn = random.weighted(left, ({ weight }) => weight);
    order.push(...left.splice(left.indexOf(drawn), 1));
  }
  return order;
}

const domains: readonly PlannedDomain[] = [
  domain(
    "money_amount",
    "numeric(14,2) check (value > -1000000000)",
    "Money with two decimals; the currency stands in another column",
  ),
  domain("email_address", "text check (value ~ '^[^@ ]+@[^@ ]+$')", "Address of a mailbox"),
  domain("percentage", "numeric(5,2) check (value between 0 and 100)", "0 to 100"),
  domain("currency_code", "char(3) check (value ~ '^[A-Z]{3}$')", "ISO 4217"),
  domain("country_code", "char(2) check (value ~ '^[A-Z]{2}$')", "ISO 3166"),
];

function domain(name: string, definition: string, comment: string): PlannedDomain {
  return { schema: "shared", name, definition, comment };
}

const sharedEnums: readonly PlannedEnum[] = [
  {
    schema: "shared",
    name: "visibility",
    labels: ["private", "team", "company", "public"],
    comment: "Who may see a row",
  },
  {
    schema: "shared",
    name: "sync_state",
    labels: ["never", "fresh", "stale", "failed"],
    comment: "State of the exchange with other systems",
  },
];

function planEnums(module: Module): PlannedEnum[] {
  const { schema, states, nouns } = module;
  const stem = nouns[0] ?? schema;
  return [
    {
      schema,
      name: `${stem}_status`,
      labels: states,
      comment: `States of ${plural(stem).replaceAll("_", " ")} and what belongs to them`,
    },
    { schema, name: `${nouns[1] ?? schema}_kind`, labels: ["standard", "special", "internal"] },
  ];
}
