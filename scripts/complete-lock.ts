/**
 * Adds to package-lock.json the optional packages of other platforms that the registry at hand did not have. Without
 * their entries `npm ci` asks for each of them and refuses when one is missing; with them it skips what is not for its
 * own platform. What is added carries no integrity: a registry that has everything gives a better lock by itself.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface LockedPackage {
  readonly version?: string;
  readonly optional?: true;
  readonly dev?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const aliases: Readonly<Record<string, string>> = { windows: "win32", armv7: "arm", ppc64le: "ppc64" };

/** The packages with an entry for each optional dependency whose name says that it is for one platform. */
export function completed(packages: LockedPackages): LockedPackages {
  const all: Record<string, LockedPackage> = { ...packages };
  // Those of users first: what they share with a tool of development is theirs.
  const dependants = Object.entries(packages).sort(([, a], [, b]) => Number(a.dev ?? false) - Number(b.dev ?? false));
  for (const [dependant, { optionalDependencies, dev }] of dependants) {
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      const platform = platformOf(name);
      // A package without a platform in its name is needed here too, so the registry had it.
      if (!platform || Object.hasOwn(all, nested(dependant, name))) continue;
      const shared = all[`node_modules/${name}`];
      const exact = version.replace(/^[\^~]/, "");
      if (shared?.version === exact) continue;
      const path = shared ? nested(dependant, name) : `node_modules/${name}`;
      all[path] = { version: exact, ...(dev ? { dev } : {}), ...platform, optional: true };
    }
  }
  const [root, ...rest] = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return Object.fromEntries(root ? [root, ...rest] : []);
}

const nested = (dependant: string, name: string): string => `${dependant}/node_modules/${name}`;

function platformOf(name: string): Pick<LockedPackage, "os" | "cpu" | "libc"> | null {
  const words = name.split(/[/-]/).map((word) => aliases[word] ?? word);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : undefined;
  return os.length + cpu.length === 0
    ? null
    : {
        ...(cpu.length > 0 ? { cpu } : {}),
        ...(libc === undefined ? {} : { libc: [libc] }),
        ...(os.length > 0 ? { os } : {}),
      };
}

if (import.meta.main) {
  const file = join(process.cwd(), "package-lock.json");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm's own file.
  const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: LockedPackages };
  const packages = completed(lock.packages);
  const added = Object.keys(packages).length - Object.keys(lock.packages).length;
  if (added > 0) writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`${added} packages of other platforms added`);
}
