// Written by `npm run registries`. Do not edit.
import { drizzle } from "./drizzle.ts";
import { dump } from "./dump.ts";
import { flyway } from "./flyway.ts";
import { golangMigrate } from "./golang-migrate.ts";
import { numbered } from "./numbered.ts";
import { prisma } from "./prisma.ts";
import { script } from "./script.ts";
import { sqlx } from "./sqlx.ts";
import { supabase } from "./supabase.ts";
import { versionFolders } from "./version-folders.ts";
import { versionedUp } from "./versioned-up.ts";
import type { Framework } from "./framework.ts";

/** Every framework, by file name. */
export const frameworks: readonly Framework[] = [
  drizzle,
  dump,
  flyway,
  golangMigrate,
  numbered,
  prisma,
  script,
  sqlx,
  supabase,
  versionFolders,
  versionedUp,
];
