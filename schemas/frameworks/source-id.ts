/** Path parts that many repositories share and that name no database. */
const COMMON = new Set(
  "apps app packages package services service libs lib src main resources server internal internal-packages db database databases sql schema schemas store storage data migrations migration migrate prisma drizzle supabase flyway sqlx postgres postgresql pg dump structure latest tables".split(
    " ",
  ),
);

/** Short names that fit an id: `main` for a single database, else the part of the path that tells them apart. */
export function sourceIds(paths: readonly string[]): readonly string[] {
  if (paths.length === 1) return ["main"];
  const used = new Set<string>();
  return paths.map((path) => {
    const id = unused(wordOf(path), used);
    used.add(id);
    return id;
  });
}

function wordOf(path: string): string {
  const parts = path
    .toLowerCase()
    .split("/")
    .map((part) =>
      part
        .replace(/\.sql$/, "")
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replaceAll(/^[^a-z]+|-+$/g, ""),
    );
  return parts.toReversed().find((part) => part !== "" && !COMMON.has(part)) ?? "main";
}

function unused(word: string, used: ReadonlySet<string>): string {
  if (!used.has(word)) return word;
  for (let number = 2; ; number += 1) {
    if (!used.has(`${word}-${number}`)) return `${word}-${number}`;
  }
}
