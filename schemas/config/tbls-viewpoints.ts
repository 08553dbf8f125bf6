import { z } from "zod";
import type { ConfigInput } from "./schema.ts";
import { MOST_STEPS, scalar } from "./tbls-faults.ts";

type Viewpoint = NonNullable<ConfigInput["databases"][number]["viewpoints"]>[number];

const text = scalar.optional().catch(undefined);
const texts = z.array(scalar).optional().catch(undefined);
const group = z.object({ name: scalar, desc: text, tables: texts, labels: texts });
const viewpoint = z.object({
  id: text,
  name: scalar,
  desc: text,
  tables: texts,
  labels: texts,
  distance: z.int().min(0).optional().catch(undefined),
  groups: z.array(z.unknown()).optional().catch(undefined),
});

/** The viewpoints of a tbls file. An entry that is none costs itself. */
export function viewpointsOfTbls(entries: readonly unknown[]): Viewpoint[] {
  const taken = new Set<string>();
  return entries
    .flatMap((entry, at) => viewpointOf(entry, at))
    .map((one) => {
      // Pages are named by ids, so a second viewpoint of an id gets another.
      let { id } = one;
      for (let number = 2; taken.has(id); number += 1) id = `${one.id}-${number}`;
      taken.add(id);
      return { ...one, id };
    });
}

function viewpointOf(entry: unknown, at: number): readonly Viewpoint[] {
  const { data } = viewpoint.safeParse(entry);
  if (!data) return [];
  const groups = (data.groups ?? []).flatMap((one) => {
    const found = group.safeParse(one).data;
    if (!found) return [];
    const { desc, ...rest } = orAll(found);
    return [{ ...defined(rest), name: found.name, ...(desc !== undefined && { description: desc }) }];
  });
  const { id, name, desc, tables, labels, distance } = orAll(data);
  return [
    {
      id: pageName(id ?? "") || String(at),
      title: name,
      ...(desc !== undefined && { description: desc }),
      ...(tables && { tables }),
      ...(labels && { labels }),
      ...(distance !== undefined && { distance: Math.min(distance, MOST_STEPS) }),
      groups,
    },
  ];
}

/** Letters, digits and dashes as pages are named by; empty when a text has none, such as one in Japanese. */
function pageName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** In tbls, a viewpoint or a group that names neither tables nor labels has all. */
function orAll<T extends { readonly tables?: string[] | undefined; readonly labels?: string[] | undefined }>(
  part: T,
): T {
  return (part.tables ?? []).length + (part.labels ?? []).length > 0 ? part : { ...part, tables: ["*"] };
}

/** Without the keys whose value is undefined. */
export function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets the keys' types.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
