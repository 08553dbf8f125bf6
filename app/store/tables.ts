import { bigint, date, index, integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** The server's own tables. A schema of their own: the database may hold others. `npm run migrations` follows changes. */
export const home = pgSchema("querygenie");

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** People who have signed in, by the number that GitHub has for them: names change hands. */
export const users = home.table("users", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  login: text("login").notNull(),
  name: text("name"),
  signedInAt: moment("signed_in_at").notNull(),
});

/** Open sessions. The cookie's value is not here, only its hash; GitHub's token only encrypted. */
export const sessions = home.table(
  "sessions",
  {
    idHash: text("id_hash").primaryKey(),
    userId: bigint("user_id", { mode: "number" })
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sealedToken: text("sealed_token").notNull(),
    createdAt: moment("created_at").notNull(),
    seenAt: moment("seen_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("sessions_user_id").on(table.userId), index("sessions_expires_at").on(table.expiresAt)],
);

/** Sign-ins on their way through GitHub, each used once. */
export const signIns = home.table(
  "sign_ins",
  {
    stateHash: text("state_hash").primaryKey(),
    browserHash: text("browser_hash").notNull(),
    verifier: text("verifier").notNull(),
    returnTo: text("return_to").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("sign_ins_expires_at").on(table.expiresAt)],
);

/** What signed-in people asked, in their own words; each reads only their own. */
export const history = home.table(
  "history",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint("user_id", { mode: "number" })
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    askedAt: moment("asked_at").notNull(),
    route: text("route").notNull(),
    connection: text("connection").notNull(),
    asked: text("asked").notNull(),
    status: text("status").notNull(),
    rowCount: integer("row_count"),
    milliseconds: integer("milliseconds").notNull(),
  },
  (table) => [index("history_user_id_id").on(table.userId, table.id), index("history_asked_at").on(table.askedAt)],
);

/** Who asked what. Never a value; kept when the user is gone. */
export const audit = home.table(
  "audit",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    askedAt: moment("asked_at").notNull(),
    who: text("who").notNull(),
    address: text("address").notNull(),
    role: text("role").notNull(),
    route: text("route").notNull(),
    connection: text("connection").notNull(),
    what: text("what").notNull(),
    status: text("status").notNull(),
    code: text("code"),
    rowCount: integer("row_count"),
    milliseconds: integer("milliseconds").notNull(),
  },
  (table) => [index("audit_asked_at").on(table.askedAt)],
);

/** Sums by day, caller, connection and route. */
export const usage = home.table(
  "usage",
  {
    day: date("day", { mode: "string" }).notNull(),
    who: text("who").notNull(),
    connection: text("connection").notNull(),
    route: text("route").notNull(),
    requests: integer("requests").notNull(),
    rowCount: bigint("row_count", { mode: "number" }).notNull(),
    milliseconds: bigint("milliseconds", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.who, table.connection, table.route] })],
);

/** Accounts that have installed the GitHub App. */
export const installations = home.table("installations", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  account: text("account").notNull(),
  repositories: jsonb("repositories").$type<readonly string[]>().notNull(),
  suspendedAt: moment("suspended_at"),
  updatedAt: moment("updated_at").notNull(),
});
