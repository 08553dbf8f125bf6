import type { Config } from "drizzle-kit";

/** Read by `drizzle-kit generate`, which `npm run migrations` starts. */
export default {
  dialect: "postgresql",
  schema: "./app/store/tables.ts",
  out: "./app/store/migrations",
} satisfies Config;
