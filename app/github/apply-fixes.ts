import type { Octokit } from "@octokit/rest";
import { githubPublisher } from "#action/github/publisher.ts";
import { reportSchema, type ReviewReport } from "#schemas/json/report.ts";
import { checkoutPull } from "./checkout.ts";
import { isBetter, safeForms, withForms, type SafeForm } from "./safe-forms.ts";
import type { Workplace } from "./workplace.ts";

type Pull = Awaited<ReturnType<Octokit["rest"]["pulls"]["get"]>>["data"];

export interface FixesRequest {
  readonly octokit: Octokit;
  readonly place: Workplace;
  readonly pull: Pull;
  readonly token: string;
  readonly serverUrl: string;
}

/** Reviews that are run to find which forms go together. */
const MOST_TRIES = 6;

/**
 * Commits the safe forms of a pull request's findings onto its branch: those with which the same review finds the same
 * change of the schema, and less against it. Returns a sentence for whoever asked. Throws when it could not work.
 */
export async function applyFixes({ octokit, place, pull, token, serverUrl }: FixesRequest): Promise<string> {
  const { number, head, base } = pull;
  const checkout = await checkoutPull(place.git, { url: place.url, number, baseBranch: base.ref, head: head.sha });
  const before = await reviewed(place, checkout.base);
  const found = before === null ? [] : safeForms(before);
  const texts = await textsAt(place, head.sha, new Set(found.map(({ span }) => span.file)));
  const usable = found.filter(({ span }) => texts.has(span.file));
  if (before === null || usable.length === 0) return "There is no safe form to apply.";
  const applied = await goingTogether(usable, async (forms) => {
    await write(place, texts, forms);
    const after = await reviewed(place, checkout.base);
    return after !== null && isBetter(before, after, forms);
  });
  if (applied.length === 0) return NONE_HOLDS;
  const additions = [...texts].flatMap(([path, text]) => {
    const fixed = withForms(text, ofFile(applied, path));
    return fixed === text ? [] : [{ path, content: Buffer.from(fixed) }];
  });
  const [owner = "", name = ""] = base.repo.full_name.split("/");
  const outcome = await githubPublisher(octokit, { owner, name }).commit(
    {
      branch: head.ref,
      head: head.sha,
      message: {
        headline: "Apply the safe forms of the review",
        body: applied.map(({ rule }) => `- ${rule}`).join("\n"),
      },
      filesAt: async (commit) => (commit === head.sha ? { additions, deletions: [] } : null),
    },
    { cwd: place.folder, serverUrl, token, repository: { owner, name } },
  );
  switch (outcome.kind) {
    case "committed":
      return `${applied.length} of ${found.length} safe forms are applied: ${applied.map(({ rule }) => `\`${rule}\``).join(", ")}.`;
    case "protected":
      return "The branch takes no direct commits, so nothing is applied.";
    case "nothing":
    case "superseded":
      return MOVED;
    default:
      return outcome satisfies never;
  }
}

export const MOVED = "The branch has moved since, so nothing is applied. Its new review has a button of its own.";
const NONE_HOLDS =
  "None of the safe forms can stand where its statement stands: a form of several steps needs transactions of their own. Put its steps into migrations that run one after the other.";

/** All when they hold together; else one after the other, each beside those that hold already. */
async function goingTogether(
  forms: readonly SafeForm[],
  hold: (forms: readonly SafeForm[]) => Promise<boolean>,
): Promise<readonly SafeForm[]> {
  if (await hold(forms)) return forms;
  let kept: readonly SafeForm[] = [];
  if (forms.length === 1) return kept;
  for (const form of forms.slice(0, MOST_TRIES - 1)) {
    if (await hold([...kept, form])) kept = [...kept, form];
  }
  return kept;
}

const ofFile = (forms: readonly SafeForm[], path: string): readonly SafeForm[] =>
  forms.filter(({ span }) => span.file === path);

async function write(place: Workplace, texts: ReadonlyMap<string, string>, forms: readonly SafeForm[]): Promise<void> {
  for (const [path, text] of texts) await place.write(path, withForms(text, ofFile(forms, path)));
}

/** Files that are in the checkout as the branch has them. Of what the base changed too, the places are another's. */
async function textsAt(
  place: Workplace,
  head: string,
  paths: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    const [own, merged] = await Promise.all(["HEAD", head].map((commit) => place.git(["show", `${commit}:${path}`])));
    if (own?.code === 0 && merged?.code === 0 && own.out === merged.out) texts.set(path, own.out);
  }
  return texts;
}

/** Null when nothing is under review. */
async function reviewed(place: Workplace, base: string): Promise<ReviewReport | null> {
  const { code, out } = await place.command(["review", "--base", base, "--format", "json", "--offline"]);
  if (code === 2 || (code === 0 && out.trim() === "")) return null;
  if (code !== 0 && code !== 1) throw new Error("The review could not work.");
  return reportSchema.parse(JSON.parse(out));
}
