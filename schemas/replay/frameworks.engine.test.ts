import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWorkspace } from "#action/workspace/folder-workspace.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { listFiles } from "../frameworks/listing.ts";
import { readSource, type SourceSetting } from "../frameworks/read-source.ts";
import type { Workspace } from "../ports.ts";
import { measureMigrations } from "./measure-migrations.ts";
import { readModel, type ReadModel } from "./read-model.ts";

async function read(workspace: Workspace, source: SourceSetting): Promise<ReadModel> {
  const listing = await listFiles(workspace, { fileMegabytes: 64 });
  const files = await readSource({ source, listing, engine: "postgres" });
  expect(files.problems).toEqual([]);
  return readModel(files.value, { cacheDir: testCacheDir });
}

const failures = ({ problems }: ReadModel): readonly string[] =>
  problems
    .filter(({ severity }) => severity === "error")
    .map(({ message, origin }) => `${origin?.file}:${origin?.line} ${message}`);

test("a Supabase project finds what the platform makes, and documents only its own", async () => {
  const migration = `
    create table profiles (id uuid primary key references auth.users default auth.uid(), token uuid default uuid_generate_v4());
    create policy own on profiles to authenticated using (id = (select auth.uid()));
    alter publication supabase_realtime add table profiles;
    create policy avatars on storage.objects using (bucket_id = 'avatars' and (storage.foldername(name))[1] = auth.uid()::text);
    create trigger welcome after insert on auth.users for each row execute function supabase_functions.http_request();
  `;
  const result = await read(memoryWorkspace({ "supabase/migrations/1_profiles.sql": migration }), {
    path: "supabase/migrations",
  });
  const { model } = result;
  expect(result.problems).toEqual([]);
  expect(result.files).toBe(1);
  expect(result.statements).toEqual({ total: 5, applied: 5, shimmed: 0, failed: 0 });
  expect(model.complete).toBe(true);
  expect(model.tables.map(({ id }) => id)).toEqual(["public.profiles"]);
  expect(model.tables[0]?.constraints.map(({ definition }) => definition)).toContain(
    "FOREIGN KEY (id) REFERENCES auth.users(id)",
  );
  expect(model.schemas.map(({ id }) => id)).toEqual(["public"]);
  const others = [...model.extensions, ...model.routines, ...model.views, ...model.sequences, ...model.others];
  expect(others.map(({ id }) => id)).toEqual([]);
});

describe.skipIf(!hasCorpus)("real histories", () => {
  test("of supabase-auth replays when its template has a value", async () => {
    const workspace = folderWorkspace(join(corpusFolder, "supabase-auth"));
    const result = await read(workspace, { path: "migrations", variables: { Namespace: "auth" } });
    expect(failures(result)).toEqual([]);
    expect(result.statements).toEqual({ total: 205, applied: 204, shimmed: 1, failed: 0 });
    // The 23rd is its runner's own.
    expect(result.model.tables).toHaveLength(22);
  });
});

test("two steps of one file are measured each for itself, and what the platform makes is in no model", async () => {
  const parts = ["create table orders (id int);", "\nalter table orders add note text;"];
  const [first, second] = parts.map((text, index) => ({
    path: "changelog.sql",
    version: String(index + 1),
    transaction: "file" as const,
    text,
  }));
  const platform = { path: "platform", version: "platform", transaction: "none" as const, isPrelude: true };
  if (!first || !second) throw new Error("there are two parts");
  const history = [{ ...platform, text: "create table platform_users (id int);" }, first];
  const measured = await measureMigrations(history, [second], { cacheDir: testCacheDir });
  await measured.engine.close();
  expect(measured.files.map(({ statements }) => statements.map(({ statement }) => statement.text))).toEqual([
    ["alter table orders add note text"],
  ]);
  const ids = [measured.base, measured.head].map(({ tables }) => tables.map(({ id }) => id));
  expect(ids).toEqual([["public.orders"], ["public.orders"]]);
});
