import type { Named, SchemaModel } from "../model.ts";

/** The model without the objects that a platform's own files made; what the user's files made on them goes with them. */
export function withoutPreludes(model: SchemaModel, preludes: ReadonlySet<string>): SchemaModel {
  if (preludes.size === 0) return model;
  const own = <T extends Named>(objects: readonly T[]): readonly T[] =>
    objects.filter(({ origin }) => origin === undefined || !preludes.has(origin.created.file));
  return {
    ...model,
    schemas: own(model.schemas),
    extensions: own(model.extensions),
    enums: own(model.enums),
    domains: own(model.domains),
    composites: own(model.composites),
    ranges: own(model.ranges),
    sequences: own(model.sequences),
    tables: own(model.tables),
    views: own(model.views),
    routines: own(model.routines),
    others: own(model.others),
  };
}
