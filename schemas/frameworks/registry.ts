// Written by `npm run registries`. Do not edit.
import { alembic } from "./alembic.ts";
import { atlas } from "./atlas.ts";
import { dbmate } from "./dbmate.ts";
import { dbml } from "./dbml.ts";
import { dbup } from "./dbup.ts";
import { diesel } from "./diesel.ts";
import { django } from "./django.ts";
import { drizzle } from "./drizzle.ts";
import { drizzleSchema } from "./drizzle-schema.ts";
import { dump } from "./dump.ts";
import { efCore } from "./ef-core.ts";
import { flyway } from "./flyway.ts";
import { golangMigrate } from "./golang-migrate.ts";
import { goose } from "./goose.ts";
import { graphileMigrate } from "./graphile-migrate.ts";
import { hasura } from "./hasura.ts";
import { knex } from "./knex.ts";
import { laravel } from "./laravel.ts";
import { liquibase } from "./liquibase.ts";
import { mikroOrm } from "./mikro-orm.ts";
import { nodePgMigrate } from "./node-pg-migrate.ts";
import { numbered } from "./numbered.ts";
import { popx } from "./popx.ts";
import { postgresMigrations } from "./postgres-migrations.ts";
import { prisma } from "./prisma.ts";
import { prismaSchema } from "./prisma-schema.ts";
import { rails } from "./rails.ts";
import { railsSchema } from "./rails-schema.ts";
import { script } from "./script.ts";
import { sequelize } from "./sequelize.ts";
import { sqitch } from "./sqitch.ts";
import { sqlx } from "./sqlx.ts";
import { ssdt } from "./ssdt.ts";
import { supabase } from "./supabase.ts";
import { typeorm } from "./typeorm.ts";
import { versionFolders } from "./version-folders.ts";
import { versionedUp } from "./versioned-up.ts";
import type { Framework } from "./framework.ts";

/** Every framework, by file name. */
export const frameworks: readonly Framework[] = [
  alembic,
  atlas,
  dbmate,
  dbml,
  dbup,
  diesel,
  django,
  drizzle,
  drizzleSchema,
  dump,
  efCore,
  flyway,
  golangMigrate,
  goose,
  graphileMigrate,
  hasura,
  knex,
  laravel,
  liquibase,
  mikroOrm,
  nodePgMigrate,
  numbered,
  popx,
  postgresMigrations,
  prisma,
  prismaSchema,
  rails,
  railsSchema,
  script,
  sequelize,
  sqitch,
  sqlx,
  ssdt,
  supabase,
  typeorm,
  versionFolders,
  versionedUp,
];
