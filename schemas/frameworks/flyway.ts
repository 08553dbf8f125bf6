import { codeMigration, duplicates, engineOfFiles, orphan, readSteps } from "./steps.ts";
import { readFlywayConfig, type FlywayConfig } from "./flyway-config.ts";
import { compareFlywayVersions, parseFlywayName } from "./flyway-names.ts";
import { compareText } from "./order.ts";
import { engineOfWord } from "./engine-name.ts";
import { fillMarked } from "./placeholders.ts";
import { joinPath, nameOf } from "./listing.ts";
import { scores } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import type { FlywayName } from "./flyway-names.ts";
import type { Framework } from "./framework.ts";
import type { MigrationFile } from "../source.ts";
import type { Problem } from "../problem.ts";

/** https://documentation.red-gate.com/flyway. A location is read with all folders below it, as the runner does. */
export const flyway: Framework = {
  id: "flyway",
  title: "Flyway",
  rule: "V1_2__name.sql by version parts as numbers, then R__name.sql by description; one transaction a file unless its .conf says otherwise.",
  kind: "history",
  async detect(folder, listing) {
    const { value: config } = await readFlywayConfig(folder, listing);
    // Several locations are one history, which is found at the first.
    const [first] = config.locations;
    if (config.locations.includes(folder) && folder !== first) return [];
    const isVersioned = (file: string): boolean => parseFlywayName(file, config)?.kind === "versioned";
    const isLocation = folder === first || LOCATIONS.test(nameOf(folder));
    if (!isLocation && !listing.filesIn(folder).some(isVersioned)) return [];
    const found = filesOf(folder, listing, config).filter((file) => file.name.kind === "versioned");
    if (found.length === 0) return [];
    const engine = await engineOfFiles(
      listing,
      found.map((file) => file.path),
    );
    const why = `${found.length} files named like ${nameOf(found[0]?.path ?? "")}`;
    const score = scores.pattern + 5;
    return [{ framework: "flyway", path: folder, engine, score, why, files: found.length }];
  },
  async read({ path, listing, variables }) {
    const { value: config, problems: ofConfig } = await readFlywayConfig(path, listing);
    const { steps, problems } = inOrder(filesOf(path, listing, config));
    const all = { ...defaults, ...config.placeholders, ...variables };
    const read = await readSteps({
      listing,
      steps,
      transaction: () => "file",
      fill: (file) =>
        config.fillsPlaceholders
          ? fillMarked(file, { ...all, "flyway:filename": nameOf(file.path) }, config.placeholderMarks)
          : { value: file, problems: [] },
    });
    const value = await Promise.all(read.value.map((file) => withConf(file, listing)));
    return { value, problems: [...ofConfig, ...read.problems, ...problems, ...inCode(path, listing)] };
  },
};

/** Folder names that are locations of their own even when all files are one level deeper. */
const LOCATIONS = /^(?:migrations?|flyway)$/;

/** What the runner fills in by itself; the values are those of the embedded engine. */
const defaults: Readonly<Record<string, string>> = {
  "flyway:database": "postgres",
  "flyway:defaultSchema": "public",
  "flyway:table": "flyway_schema_history",
  "flyway:user": "postgres",
};

interface Found {
  readonly path: string;
  readonly name: FlywayName;
}

/** The files of a location, and of those that the configuration names beside it. */
function filesOf(folder: string, listing: FileListing, config: FlywayConfig): readonly Found[] {
  const all = config.locations.includes(folder) ? config.locations : [folder];
  const found = all.flatMap((location) => filesBelow(location, listing, config));
  return [...new Map(found.map((file) => [file.path, file])).values()];
}

/** Folders that name an engine are locations of their own: `{vendor}` in Flyway's and Spring's configuration. */
function filesBelow(folder: string, listing: FileListing, config: FlywayConfig): readonly Found[] {
  const here = listing.filesIn(folder).flatMap((file): Found[] => {
    const name = parseFlywayName(file, config);
    return name ? [{ path: joinPath(folder, file), name }] : [];
  });
  const below = listing.foldersIn(folder).filter((name) => engineOfWord(name) === null);
  return [...here, ...below.flatMap((name) => filesBelow(joinPath(folder, name), listing, config))];
}

interface Ordered {
  readonly steps: readonly { readonly version: string; readonly up: string; readonly down?: string }[];
  readonly problems: readonly Problem[];
}

function inOrder(found: readonly Found[]): Ordered {
  const of = (kind: FlywayName["kind"]): Found[] => found.filter((file) => file.name.kind === kind);
  const byVersion = (a: Found, b: Found): number =>
    compareFlywayVersions(a.name.version, b.name.version) || compareText(a.path, b.path);
  const undo = new Map(of("undo").map((file) => [file.name.version, file.path]));
  // An empty database starts from the newest baseline; what is older is never applied.
  const baseline = of("baseline").sort(byVersion).at(-1);
  const versioned = of("versioned").sort(byVersion);
  const later = baseline
    ? versioned.filter((file) => compareFlywayVersions(file.name.version, baseline.name.version) > 0)
    : versioned;
  const repeatable = of("repeatable").sort((a, b) => compareText(a.name.description, b.name.description));
  const steps = [...(baseline ? [baseline] : []), ...later].map((file) => {
    const down = undo.get(file.name.version);
    return { version: file.name.version, up: file.path, ...(down !== undefined && { down }) };
  });
  const last = repeatable.map((file) => ({ version: `R ${file.name.description}`, up: file.path }));
  const why = "the callbacks of Flyway are not replayed";
  const same = duplicates(steps, compareFlywayVersions);
  return { steps: [...steps, ...last], problems: [...same, ...of("callback").map((file) => orphan(file.path, why))] };
}

async function withConf(file: MigrationFile, listing: FileListing): Promise<MigrationFile> {
  const conf = await listing.read(`${file.path}.conf`);
  const outside = /^\s*executeInTransaction\s*=\s*false\s*$/m.test(conf.value?.text ?? "");
  return outside ? { ...file, transaction: "none" } : file;
}

/** Java migrations lie in the same folder, or in the package of the same name beside the resources. */
function inCode(folder: string, listing: FileListing): readonly Problem[] {
  const packages = ["java", "kotlin", "groovy"].map((language) => folder.replace("/resources/", `/${language}/`));
  return [...new Set([folder, ...packages])].flatMap((place) =>
    listing
      .filesIn(place)
      .filter((name) => /^[VRB][\d_.]*__\w+\.(?:java|kt|groovy|scala)$/.test(name))
      .map((name) => codeMigration(joinPath(place, name))),
  );
}
