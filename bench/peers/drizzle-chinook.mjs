// Ten tables of Chinook as drizzle-seed wants them. The eleventh, playlist_track, it cannot fill: its key has duplicates.
import { drizzle as overProxy } from "drizzle-orm/pg-proxy";
import { drizzle as overPg } from "drizzle-orm/node-postgres";
import { integer, numeric, pgTable, timestamp, varchar } from "drizzle-orm/pg-core";
import { seed } from "drizzle-seed";

const id = (name) => integer(name).primaryKey();
const text = (name, length) => varchar(name, { length });
const artist = pgTable("artist", { artist_id: id("artist_id"), name: text("name", 120) });
const album = pgTable("album", {
  album_id: id("album_id"),
  title: text("title", 160).notNull(),
  artist_id: integer("artist_id")
    .notNull()
    .references(() => artist.artist_id),
});
const person = {
  address: text("address", 70),
  city: text("city", 40),
  state: text("state", 40),
  country: text("country", 40),
  postal_code: text("postal_code", 10),
  phone: text("phone", 24),
  fax: text("fax", 24),
  email: text("email", 60),
};
const employee = pgTable("employee", {
  employee_id: id("employee_id"),
  last_name: text("last_name", 20).notNull(),
  first_name: text("first_name", 20).notNull(),
  title: text("title", 30),
  reports_to: integer("reports_to").references(() => employee.employee_id),
  birth_date: timestamp("birth_date"),
  hire_date: timestamp("hire_date"),
  ...person,
});
const customer = pgTable("customer", {
  customer_id: id("customer_id"),
  first_name: text("first_name", 40).notNull(),
  last_name: text("last_name", 20).notNull(),
  company: text("company", 80),
  ...person,
  support_rep_id: integer("support_rep_id").references(() => employee.employee_id),
});
const genre = pgTable("genre", { genre_id: id("genre_id"), name: text("name", 120) });
const media_type = pgTable("media_type", { media_type_id: id("media_type_id"), name: text("name", 120) });
const playlist = pgTable("playlist", { playlist_id: id("playlist_id"), name: text("name", 120) });
const invoice = pgTable("invoice", {
  invoice_id: id("invoice_id"),
  customer_id: integer("customer_id")
    .notNull()
    .references(() => customer.customer_id),
  invoice_date: timestamp("invoice_date").notNull(),
  billing_address: text("billing_address", 70),
  billing_city: text("billing_city", 40),
  billing_state: text("billing_state", 40),
  billing_country: text("billing_country", 40),
  billing_postal_code: text("billing_postal_code", 10),
  total: numeric("total", { precision: 10, scale: 2 }).notNull(),
});
const track = pgTable("track", {
  track_id: id("track_id"),
  name: text("name", 200).notNull(),
  album_id: integer("album_id").references(() => album.album_id),
  media_type_id: integer("media_type_id")
    .notNull()
    .references(() => media_type.media_type_id),
  genre_id: integer("genre_id").references(() => genre.genre_id),
  composer: text("composer", 220),
  milliseconds: integer("milliseconds").notNull(),
  bytes: integer("bytes"),
  unit_price: numeric("unit_price", { precision: 10, scale: 2 }).notNull(),
});
const invoice_line = pgTable("invoice_line", {
  invoice_line_id: id("invoice_line_id"),
  invoice_id: integer("invoice_id")
    .notNull()
    .references(() => invoice.invoice_id),
  track_id: integer("track_id")
    .notNull()
    .references(() => track.track_id),
  unit_price: numeric("unit_price", { precision: 10, scale: 2 }).notNull(),
  quantity: integer("quantity").notNull(),
});
const schema = { album, artist, customer, employee, genre, invoice, invoice_line, media_type, playlist, track };

/** Generates and writes the statements; nothing is loaded. Returns their number. */
export async function generate(rows) {
  let statements = 0;
  const db = overProxy(async () => {
    statements++;
    return { rows: [] };
  });
  await seed(db, schema, { count: rows });
  return statements;
}

/** Generates and loads into a database that has the tables. */
export async function load(rows, client) {
  await seed(overPg(client), schema, { count: rows });
}
