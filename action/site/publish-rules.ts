import type { Problem } from "#schemas/problem.ts";

export interface PagesRepository {
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
}

/** Why a site must not be published; null when it may. Pages of a private repository are public on most plans. */
export function mayPublish({ isPrivate, owner, name }: PagesRepository, isAllowed: boolean): Problem | null {
  if (!isPrivate || isAllowed) return null;
  return {
    code: "QG814",
    severity: "error",
    message: `the site of ${owner}/${name} was not built: the repository is private, and its pages could be read by everyone`,
    help:
      "If everyone may read this schema, its comments and its fixtures, set site.public: true in querygenie.yml. " +
      "Else build with preview: true, which makes an artifact that only readers of the repository can download.",
  };
}

/** The path GitHub Pages serves a repository at: its name, or the root for the owner's own page. */
export function basePath(
  { owner, name }: PagesRepository,
  { given, configured }: { readonly given?: string | undefined; readonly configured: string },
): string {
  if (given !== undefined) return given.startsWith("/") ? given : `/${given}`;
  if (configured !== "/") return configured;
  return name.toLowerCase() === `${owner.toLowerCase()}.github.io` ? "/" : `/${name}`;
}
