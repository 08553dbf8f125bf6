/** The long words an abbreviation in a name stands for; empty when it is none we know. */
export function expansionOf(word: string): readonly string[] {
  return ABBREVIATIONS.get(word) ?? [];
}

/** Words that may mean the same in a schema, without the word itself. Takes and gives unstemmed singulars. */
export function synonymsOf(word: string): readonly string[] {
  return SYNONYMS.get(word) ?? [];
}

/** Short forms that are common in column names and have one usual reading. */
const ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  `acct account; addr address; amt amount; attr attribute; auth authentication; avg average; cat category; cfg config;
  cnt count; conf configuration; config configuration; ctry country; curr currency; cust customer; dept department;
  desc description; dob date birth; doc document; dt date; emp employee; env environment; fname first name;
  freq frequency; hist history; img image; info information; inv invoice; lang language; lat latitude; lname last name;
  loc location; lng longitude; lon longitude; mfr manufacturer; mgr manager; msg message; num number; org organization;
  param parameter; pct percent; perm permission; pic picture; pkg package; pmt payment; prod product; promo promotion;
  pwd password; qty quantity; ref reference; reg registration; repo repository; req request; sku stock keeping unit;
  src source; stat status; tel telephone; temp temperature; txn transaction; usr user; val value; warehse warehouse`
    .split(/;\s*/)
    .map((line) => {
      const [short = "", ...long] = line.trim().split(/\s+/);
      return [short, long];
    }),
);

/** Groups of words that people use for one thing when they ask about a database. */
const GROUPS = `author researcher writer; bill invoice; brand manufacturer maker; buyer client customer; buy order purchase;
  car vehicle; category genre type; city town; comment note remark; company business firm organization; cost price;
  country nation; course class subject; delivery shipment shipping; doctor physician; earn salary wage pay;
  email mail; employee staff worker; film movie; gift voucher; goods item product; join membership; lecturer professor
  teacher teach instructor; location place; money amount payment; month date; paper publication article; person user; person population;
  phone telephone; picture image photo; rating review score star; refund return; rise growth; sell sale order;
  stock inventory; store shop; student pupil; supplier vendor; team group; total sum; warehouse depot; year date`;

const SYNONYMS: ReadonlyMap<string, readonly string[]> = synonymMap(GROUPS);

function synonymMap(groups: string): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const group of groups.split(";")) {
    const words = group.trim().split(/\s+/);
    for (const word of words) {
      const others = words.filter((other) => other !== word);
      map.set(word, [...(map.get(word) ?? []), ...others]);
    }
  }
  return map;
}
