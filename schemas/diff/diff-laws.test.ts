import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { SchemaModel } from "#schemas/model.ts";
import { arbitraryModel, arbitraryModelPair } from "#test/support/arbitrary-model.ts";
import { applyChanges } from "./apply-changes.ts";
import { diffModels } from "./diff-models.ts";

const runs = { numRuns: 300 };

test("a model does not differ from itself", () => {
  fc.assert(
    fc.property(arbitraryModel(), (model) => {
      expect(diffModels(model, structuredClone(model))).toEqual([]);
    }),
    runs,
  );
});

test("the changes applied to the base give the head", () => {
  fc.assert(
    fc.property(arbitraryModelPair(), ([base, head]) => {
      expect(contents(applyChanges(base, diffModels(base, head)))).toEqual(contents(head));
    }),
    runs,
  );
});

test("the changes back applied to the head give the base", () => {
  fc.assert(
    fc.property(arbitraryModelPair(), ([base, head]) => {
      const there = applyChanges(base, diffModels(base, head));
      expect(contents(applyChanges(there, diffModels(head, base)))).toEqual(contents(base));
    }),
    runs,
  );
});

test("the same two models give the same changes", () => {
  fc.assert(
    fc.property(arbitraryModelPair(), ([base, head]) => {
      expect(diffModels(structuredClone(base), structuredClone(head))).toEqual(diffModels(base, head));
    }),
    runs,
  );
});

/** What the law is about: the objects, without where they came from. */
function contents({ version: _version, evidence: _evidence, engine: _engine, ...objects }: SchemaModel): unknown {
  return objects;
}
