/** One thing that is said about the code without running it. */
export interface Part {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Without --tsconfig Astro reads the root's, which leaves the site out, and finds nothing wrong. */
export const siteTypes: Part = { name: "site types", command: ["astro", "check", "--tsconfig", "site/tsconfig.json"] };

/** The compilers in Go spend most of their time collecting garbage that a short run need not collect. */
const goWithoutCollector = { GOGC: "off", GOMEMLIMIT: "8GiB" };

/** The parts of `npm run check`. Astro's takes half a minute, so it runs in CI only. */
export function checkParts({ isCi }: { readonly isCi: boolean }): readonly Part[] {
  return [
    { name: "format", command: ["oxfmt", "--check", "."] },
    { name: "lint", command: ["oxlint", "--type-aware"], environment: goWithoutCollector },
    { name: "types", command: ["tsc", "-p", "."], environment: goWithoutCollector },
    { name: "dead code", command: ["knip", "--no-progress", "--no-config-hints"] },
    { name: "walls", command: ["node", "scripts/walls.ts"] },
    { name: "dialects", command: ["node", "scripts/dialect-names.ts"] },
    ...(isCi ? [siteTypes] : []),
  ];
}
