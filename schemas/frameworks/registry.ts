// Written by `npm run registries`. Do not edit.
import { atlas } from "./atlas.ts";
import { dbmate } from "./dbmate.ts";
import { dbup } from "./dbup.ts";
import { diesel } from "./diesel.ts";
import { drizzle } from "./drizzle.ts";
import { dump } from "./dump.ts";
import { flyway } from "./flyway.ts";
import { golangMigrate } from "./golang-migrate.ts";
import { goose } from "./goose.ts";
import { graphileMigrate } from "./graphile-migrate.ts";
import { hasura } from "./hasura.ts";
import { nodePgMigrate } from "./node-pg-migrate.ts";
import { numbered } from "./numbered.ts";
import { popx } from "./popx.ts";
import { postgresMigrations } from "./postgres-migrations.ts";
import { prisma } from "./prisma.ts";
import { script } from "./script.ts";
import { sqlx } from "./sqlx.ts";
import { supabase } from "./supabase.ts";
import { versionFolders } from "./version-folders.ts";
import { versionedUp } from "./versioned-up.ts";
import type { Framework } from "./framework.ts";

/** Every framework, by file name. */
export const frameworks: readonly Framework[] = [
  atlas,
  dbmate,
  dbup,
  diesel,
  drizzle,
  dump,
  flyway,
  golangMigrate,
  goose,
  graphileMigrate,
  hasura,
  nodePgMigrate,
  numbered,
  popx,
  postgresMigrations,
  prisma,
  script,
  sqlx,
  supabase,
  versionFolders,
  versionedUp,
];
