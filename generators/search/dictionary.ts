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
  freq frequency; hist history; img image; indep independent; govt government; info information; inv invoice; lang language; lat latitude; lname last name;
  loc location; lng longitude; lon longitude; max maximum; min minimum; mfr manufacturer; mgr manager; msg message; no number; num number; org organization;
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
const GROUPS = `account balance; act actor cast character feature play role star; address location place street; age birth;
  airline carrier; airplane aircraft plane; album record disc; altitude elevation height; area domain field region;
  artist musician performer singer band; attend enroll register participate; author researcher writer;
  bill invoice; birth born; brand manufacturer maker; building property; business company firm organization;
  buy order purchase; buyer client customer; capacity size seat; car vehicle automobile; category genre kind type;
  championship tournament competition contest game match; cite citation reference; city town; class course subject;
  coach trainer; colleague coworker; college school university; comment note remark; concert show performance;
  conference venue journal; continent region; cost price fee; country nation nationality; course credit;
  deadline due; degree diploma; delivery shipment shipping; department division; depart departure leave;
  doctor physician; dog cat pet; drug medication medicine; earn salary wage pay; email mail; employee staff worker;
  episode season series tv; event meeting; exam test grade score; faculty professor; film movie; flight fly;
  friend friendship; gender sex; gift voucher; goods item product; home house; hotel room;
  institution organization university; instructor lecturer professor teacher teach; join membership; keyphrase keyword
  topic tag; language speak; lecture section; length long duration; live reside population; location where;
  major program; manager head boss; member membership; money amount payment; month date; mountain peak;
  movie picture; nation state; neighborhood district; offer offering; old age; owner own; paper publication article
  publish work; parent child; people person; person user; person population; phone telephone; photo picture image;
  player athlete; position job role title; president leader; price expensive cheap; project assignment;
  publish release; rain weather; rank rating; rating review score star; refund return; representative politician;
  rise growth; river water; salary income; sell sale order; semester term season fall spring winter summer; song track;
  stadium arena; stock inventory; store shop; student pupil; supplier vendor; tall height; team club group;
  ticket booking reservation; total sum; train railway; treatment visit appointment; vote election; warehouse depot;
  weight heavy; win winner; year date when`;

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
