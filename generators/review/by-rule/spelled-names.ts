import type { ModelIndex } from "#schemas/model-index.ts";
import { objectId, parseObjectId, type ObjectId } from "#schemas/object-id.ts";
import type { RelationRef } from "../acts/act.ts";
import type { KnownNames } from "../acts/known-names.ts";

interface Written {
  readonly schema?: string | undefined;
  readonly name: string;
}

/**
 * Names as the model spells them: SQL Server and most installations of MySQL compare them without case, so a script
 * may write `ORDERS` for `orders`.
 */
export interface SpelledNames {
  readonly known: KnownNames;
  relation(written: Written): RelationRef;
  create(written: Written, ifMissing: boolean): RelationRef;
  drop(table: RelationRef): void;
  rename(table: RelationRef, to: Written): ObjectId;
  /** The column's name before the migration, as the model spells it; null for one that the migration itself added. */
  column(table: RelationRef, name: string): string | null;
  /** Whether a table or view of that name is known. */
  has(written: Written): boolean;
  /** The table of a trigger of the base model. */
  triggerOwner(name: string): RelationRef | undefined;
}

/** `schema`: of names without one, asked anew each time because USE changes it. */
export function createSpelledNames(base: ModelIndex, known: KnownNames, schema: () => string): SpelledNames {
  const spelled = new Map<string, readonly [string, string]>();
  const key = (own: string, name: string): string => JSON.stringify([own.toLowerCase(), name.toLowerCase()]);
  for (const relation of [...base.model.tables, ...base.model.views]) {
    spelled.set(key(relation.schema, relation.name), [relation.schema, relation.name]);
  }

  function range(written: Written): { readonly schemaname: string; readonly relname: string } {
    const own = written.schema ?? schema();
    const [schemaname, relname] = spelled.get(key(own, written.name)) ?? [own, written.name];
    return { schemaname, relname };
  }

  function remember(id: ObjectId): void {
    const [own = "", name = ""] = parseObjectId(id) ?? [];
    spelled.set(key(own, name), [own, name]);
  }

  return {
    known,
    relation: (written) => known.relation(range(written)),
    create(written, ifMissing) {
      const made = known.create(range(written), ifMissing);
      remember(made.current);
      return made;
    },
    drop: (table) => {
      known.drop(table);
    },
    rename(table, to) {
      const [own = ""] = parseObjectId(table.current) ?? [];
      const id = objectId(to.schema ?? own, to.name);
      known.renameTable(table, id);
      remember(id);
      return id;
    },
    column(table, name) {
      const columns = base.relation(table.id)?.columns ?? [];
      const own = columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? name;
      return known.column(table, own);
    },
    has: (written) => spelled.has(key(written.schema ?? schema(), written.name)),
    triggerOwner(name) {
      const owner = base.model.tables.find(({ triggers }) =>
        triggers.some((trigger) => trigger.name.toLowerCase() === name.toLowerCase()),
      );
      return owner && { id: owner.id, current: owner.id, isNew: false };
    },
  };
}
