import { expect, test } from "vitest";
import type { Installation, ServerStore } from "../store/server-store.ts";
import { knownInstallations } from "./installations.ts";

function opened() {
  const rows = new Map<number, Installation>();
  const store: ServerStore["installations"] = {
    put: async (one) => void rows.set(one.id, one),
    remove: async (id) => void rows.delete(id),
    list: async () => [...rows.values()],
  };
  return { rows, known: knownInstallations(store, { now: () => new Date(0) }) };
}

const told = (action: string, more: object = {}, suspended: string | null = null) => ({
  action,
  installation: { id: 7, account: { login: "outdoor" }, suspended_at: suspended },
  ...more,
});
const named = (...names: readonly string[]) => names.map((name) => ({ name, full_name: `outdoor/${name}` }));

test("an account's repositories are those that were given and not taken away", async () => {
  const { rows, known } = opened();
  await known.learn("installation", told("created", { repositories: named("shop", "site") }));
  await known.learn("installation_repositories", told("added", { repositories_added: named("docs") }));
  await known.learn("installation_repositories", told("removed", { repositories_removed: named("site") }));
  expect(rows.get(7)).toMatchObject({ account: "outdoor", repositories: ["outdoor/shop", "outdoor/docs"] });
  // The same delivery once more.
  await known.learn("installation", told("created", { repositories: named("shop") }));
  expect(rows.get(7)?.repositories).toEqual(["outdoor/shop", "outdoor/docs"]);
});

test("a suspended account is worked for again when it says so, and a removed one is forgotten", async () => {
  const { rows, known } = opened();
  expect(await known.isActive(7)).toBe(true);
  await known.learn("installation", told("created", { repositories: named("shop") }));
  await known.learn("installation", told("suspend", {}, "2026-01-02T03:04:05+00:00"));
  expect([await known.isActive(7), rows.get(7)?.repositories]).toEqual([false, ["outdoor/shop"]]);
  await known.learn("installation", told("unsuspend"));
  expect(await known.isActive(7)).toBe(true);
  await known.learn("installation", told("deleted"));
  expect([...rows]).toEqual([]);
});

test.each([
  ["push", told("created")],
  ["installation", null],
  ["installation", { action: "created" }],
])("a delivery of %s with %j says nothing", async (event, payload) => {
  const { rows, known } = opened();
  await known.learn(event, payload);
  expect([...rows]).toEqual([]);
});
