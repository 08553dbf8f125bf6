/** A query that somebody wants to keep. */
export interface KeptQuery {
  readonly title: string;
  readonly question: string;
  readonly sql: string;
}

/** The file of a saved query, as `querygenie` reads it. */
export function queryFile({ title, question, sql }: KeptQuery): string {
  const line = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
  const notes = [`-- title: ${line(title)}`, ...(question.trim() === "" ? [] : [`-- question: ${line(question)}`])];
  return `${notes.join("\n")}\n${sql.trim().replace(/;*$/, "")};\n`;
}

/** GitHub's page for a new file, filled in; what is longer than an address may be has to be pasted there. */
export function newFileAddress(template: string, folder: string, query: KeptQuery): string {
  const name = query.title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const address = (content: string): string =>
    template
      .replace("{path}", () => encodeURIComponent(`${folder}${name || "query"}.sql`))
      .replace("{content}", () => encodeURIComponent(content));
  const whole = address(queryFile(query));
  return whole.length <= LONGEST_ADDRESS ? whole : address("-- The query is too long for a link: paste it here.\n");
}

/** GitHub refuses longer ones (measured by others at about 8 kB). */
const LONGEST_ADDRESS = 7500;
