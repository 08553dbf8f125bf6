import { timeUnits, type TimeUnit } from "#schemas/dialects/time-words.ts";

/** What a fixed phrase of a question does. */
export type Phrase =
  | { readonly kind: "count" }
  | { readonly kind: "share" }
  | { readonly kind: "aggregate"; readonly fn: AggregateFn }
  | { readonly kind: "compare"; readonly op: Comparison; readonly adjective?: string }
  | { readonly kind: "between" }
  /** `rank`: 2 for the second highest. */
  | { readonly kind: "superlative"; readonly most: boolean; readonly adjective?: string; readonly rank?: number }
  | { readonly kind: "difference" }
  | { readonly kind: "minus" }
  /** A stretch of time counted from today: `back` 1 is the one before this one. */
  | { readonly kind: "period"; readonly unit: TimeUnit; readonly back: number }
  | { readonly kind: "each" }
  | { readonly kind: "not" }
  | { readonly kind: "order" }
  | { readonly kind: "direction"; readonly descending: boolean }
  | { readonly kind: "range"; readonly descending: boolean; readonly adjective?: string }
  | { readonly kind: "distinct" }
  | { readonly kind: "top" }
  | { readonly kind: "and" }
  | { readonly kind: "or" }
  | { readonly kind: "both" }
  | { readonly kind: "contains" }
  | { readonly kind: "have" }
  | { readonly kind: "named" }
  | { readonly kind: "relative" }
  | { readonly kind: "open" }
  | { readonly kind: "who" }
  | { readonly kind: "where" }
  | { readonly kind: "when" }
  | { readonly kind: "preposition"; readonly word: string }
  | { readonly kind: "noise" };

export type AggregateFn = "avg" | "sum" | "max" | "min";
export type Comparison = "=" | "<>" | ">" | ">=" | "<" | "<=";

/** The longest phrase that begins at a word, with the number of words it takes. */
export function phraseAt(
  words: readonly string[],
  at: number,
): { readonly phrase: Phrase; readonly length: number } | null {
  for (let length = Math.min(LONGEST, words.length - at); length > 0; length -= 1) {
    const phrase = PHRASES.get(words.slice(at, at + length).join(" "));
    if (phrase) return { phrase, length };
  }
  return null;
}

/**
 * Columns that an adjective measures, most likely first, as stems; `-` before those that fall as it rises: the oldest
 * has the highest age or the lowest year of birth.
 */
export const ADJECTIVES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    high: "height elevation altitude high",
    old: "age -birth -birthday -build -open -found -establish -start -hire -year -date",
    long: "length duration distance runtime time long millisecond minute second range",
    tall: "height elevation altitude tall",
    large: "area size capacity population staff enrollment amount number total",
    expensive: "price cost fee amount rate",
    recent: "date time year birth start release publish create order",
    heavy: "weight heavy",
    fast: "speed -time",
    paid: "salary wage income pay",
    good: "rating score star rank grade popularity",
    populous: "population",
    deep: "depth",
    strong: "horsepower power",
  }).map(([adjective, columns]) => [adjective, columns.split(" ")]),
);

/** Plain forms, which say an order only in pairs: `from old to young`. */
const PAIRS: readonly (readonly [adjective: string, more: string, less: string])[] = [
  ["old", "old", "young"],
  ["long", "long", "short"],
  ["tall", "tall", "short"],
  ["large", "large", "small"],
  ["large", "big", "small"],
  ["expensive", "expensive", "cheap"],
  ["recent", "new", "old"],
  ["recent", "recent", "old"],
  ["recent", "late", "early"],
  ["heavy", "heavy", "light"],
  ["fast", "fast", "slow"],
  ["good", "good", "bad"],
];

/** positive, comparative, superlative of adjectives that mean more of a thing, and of those that mean less. */
const FORMS: readonly (readonly [adjective: string, more: string, less: string])[] = [
  ["old", "older/oldest", "younger/youngest"],
  ["long", "longer/longest", "shorter/shortest"],
  ["tall", "taller/tallest", ""],
  ["high", "higher/highest,/greatest", "lower/lowest"],
  ["large", "larger/largest,bigger/biggest", "smaller/smallest"],
  [
    "expensive",
    "more expensive/most expensive,costlier/costliest,pricier/priciest",
    "cheaper/cheapest,less expensive/least expensive",
  ],
  [
    "recent",
    "more recent/most recent,later/latest,newer/newest,most recently/last,/most recently",
    "earlier/earliest,/first,/least recent",
  ],
  ["heavy", "heavier/heaviest", "lighter/lightest"],
  ["fast", "faster/fastest", "slower/slowest"],
  ["paid", "higher paid/highest paid,better paid/best paid", "lower paid/lowest paid"],
  ["good", "better/best,/top rated,/highest rated,/most popular", "worse/worst,/lowest rated,/least popular"],
  [
    "populous",
    "more populous/most populous,/most populated,/most populous",
    "less populous/least populous,/least populated",
  ],
  ["deep", "deeper/deepest", "shallower/shallowest"],
];

const ORDINALS = [
  ["second", "2nd"],
  ["third", "3rd"],
  ["fourth", "4th"],
  ["fifth", "5th"],
] as const;

const PHRASES: ReadonlyMap<string, Phrase> = new Map([
  ...ranked([...fixed(), ...adjectiveForms()]),
  ...periods(),
  ...pairs(),
  ...fixed(),
  ...adjectiveForms(),
]);
const LONGEST = Math.max(...[...PHRASES.keys()].map((phrase) => phrase.split(" ").length));

/** `second highest`, `3rd most expensive`. */
function ranked(phrases: readonly (readonly [string, Phrase])[]): (readonly [string, Phrase])[] {
  return phrases.flatMap(([words, phrase]) =>
    phrase.kind === "superlative"
      ? ORDINALS.flatMap((ordinals, at) =>
          ordinals.map((ordinal) => [`${ordinal} ${words}`, { ...phrase, rank: at + 2 }] as const),
        )
      : [],
  );
}

function periods(): (readonly [string, Phrase])[] {
  const named = timeUnits.flatMap((unit): (readonly [string, Phrase])[] => [
    [`this ${unit}`, { kind: "period", unit, back: 0 }],
    [`current ${unit}`, { kind: "period", unit, back: 0 }],
    [`last ${unit}`, { kind: "period", unit, back: 1 }],
    [`previous ${unit}`, { kind: "period", unit, back: 1 }],
    [`the last ${unit}`, { kind: "period", unit, back: 1 }],
  ]);
  return [
    ...named,
    ["today", { kind: "period", unit: "day", back: 0 }],
    ["yesterday", { kind: "period", unit: "day", back: 1 }],
  ];
}

function pairs(): (readonly [string, Phrase])[] {
  return PAIRS.flatMap(([adjective, more, less]): (readonly [string, Phrase])[] => [
    [`from ${more} to ${less}`, { kind: "range", descending: true, adjective }],
    [`from ${less} to ${more}`, { kind: "range", descending: false, adjective }],
  ]);
}

function adjectiveForms(): (readonly [string, Phrase])[] {
  return FORMS.flatMap(([adjective, more, less]) =>
    [
      ...more.split(",").map((form) => ({ form, most: true })),
      ...less.split(",").map((form) => ({ form, most: false })),
    ].flatMap(({ form, most }): (readonly [string, Phrase])[] => {
      const [comparative, superlative] = form.split("/");
      const op = most ? ">" : "<";
      return [
        ...(comparative ? [[`${comparative} than`, { kind: "compare", op, adjective } as const] as const] : []),
        ...(superlative
          ? [
              [superlative, { kind: "superlative", most, adjective } as const] as const,
              [`${superlative} first`, { kind: "range", descending: most, adjective } as const] as const,
            ]
          : []),
      ];
    }),
  ).concat(
    FORMS.flatMap(([adjective, more, less]) => {
      const tops = forms(more);
      const bottoms = forms(less);
      return tops.flatMap((top) =>
        bottoms.flatMap((bottom): (readonly [string, Phrase])[] => [
          [`from ${top} to ${bottom}`, { kind: "range", descending: true, adjective }],
          [`from the ${top} to the ${bottom}`, { kind: "range", descending: true, adjective }],
          [`from ${bottom} to ${top}`, { kind: "range", descending: false, adjective }],
          [`from the ${bottom} to the ${top}`, { kind: "range", descending: false, adjective }],
        ]),
      );
    }),
  );
}

function forms(text: string): string[] {
  return text
    .split(",")
    .flatMap((form) => form.split("/")[1] ?? [])
    .filter((form) => form !== "");
}

function fixed(): (readonly [string, Phrase])[] {
  const of = (phrase: Phrase, ...texts: readonly string[]): (readonly [string, Phrase])[] =>
    texts.flatMap((text) => text.split(",")).map((text) => [text.trim(), phrase] as const);
  const compare = (op: Comparison, text: string) => of({ kind: "compare", op }, text);
  return [
    ...of(
      { kind: "count" },
      "how many,count the,count all,count all the,count how many,number of,the number of,count of,total number of,overall number of,how many different,number,count the number of,quantity of",
    ),
    ...of(
      { kind: "share" },
      "percentage of,the percentage of,percent of,what percentage of,what percent of,what is the percentage of",
    ),
    ...of({ kind: "aggregate", fn: "avg" }, "average,mean,avg"),
    ...of({ kind: "aggregate", fn: "sum" }, "total,sum of,sum,combined,overall,how much total"),
    ...of({ kind: "aggregate", fn: "max" }, "maximum,max"),
    ...of({ kind: "aggregate", fn: "min" }, "minimum,min"),
    ...compare(">", "more than,greater than,over,above,exceeds,exceeding,exceed,bigger,is more than,in excess of"),
    ...compare(">", "after,later than,since"),
    ...compare("<", "less than,fewer than,under,below,before,earlier than,prior to"),
    ...compare(
      ">=",
      "at least,or more,no less than,no fewer than,greater than or equal to,not less than,minimum of,at or above",
    ),
    ...compare("<=", "at most,or less,or fewer,no more than,less than or equal to,up to,not more than,maximum of"),
    ...compare("=", "equal to,equals,exactly,is equal to"),
    ...compare("<>", "other than,different from,except,excluding,not equal to"),
    ...of({ kind: "between" }, "between,ranging from"),
    ...of(
      { kind: "superlative", most: true },
      "most,most common,most frequent,most often,most frequently,most times,most number of times,maximum number of times,largest number of,most number of,maximum number of,highest number of,greatest number of,biggest number of,most amount of",
    ),
    ...of(
      { kind: "superlative", most: false },
      "least,fewest,least common,smallest number of,least number of,fewest number of,lowest number of,minimum number of",
    ),
    ...of(
      { kind: "each" },
      "each,per,for each,every,for every,of each,in each,by each,from each,grouped by,group by,broken down by,for all the different",
    ),
    ...of(
      { kind: "not" },
      "not,but not,and not,no,never,without,neither,nor,none,nobody,do not,does not,did not,not any,no any,cannot",
    ),
    ...of(
      { kind: "order" },
      "sorted by,ordered by,order by,sort by,in order of,sorted,ordered,ranked by,arranged by,in the order of,order the results by,sort the results by,sort them by,order them by,sort the list by,in the lexicographic order of",
    ),
    ...of(
      { kind: "direction", descending: true },
      "descending,descending order of,in descending order of,in descending order,decreasing,descending order,in decreasing order of,high to low,from high to low,in reverse order,reverse alphabetical order,in reverse alphabetical order,descending alphabetical order,in descending alphabetical order,desc",
    ),
    ...of(
      { kind: "direction", descending: false },
      "ascending,in ascending order of,in ascending order,ascending order,increasing order of,in increasing order of,low to high,from low to high,in alphabetical order,alphabetically,alphabetical order,in lexicographical order,asc,in alphabetical order of,in alphabetic order,ascending alphabetical order,in ascending alphabetical order,lexicographic order,in lexicographic order",
    ),
    ...of(
      { kind: "distinct" },
      "different,distinct,unique,all distinct,all different,without duplicates,with no duplicates,without repetition,without repeats,with no repeats,without duplication,no duplicates",
    ),
    ...of({ kind: "difference" }, "difference between,difference of,difference in"),
    ...of({ kind: "minus" }, "minus"),
    ...of({ kind: "top" }, "top"),
    ...of({ kind: "and" }, "and,as well as,and also,along with,together with,but,&"),
    ...of({ kind: "or" }, "or,or from,or in"),
    ...of({ kind: "both" }, "both"),
    ...of(
      { kind: "contains" },
      "contains the word,containing the word,contains the substring,contains the phrase,include the word,includes the word,containing the string,contains the string,contain the word,contain,including the word,with the substring,has the word,with the word,includes the substring,has the substring,contains the letter,contain the letter,contains the text",
    ),
    ...of(
      { kind: "have" },
      "have,has,had,having,with,own,owns,got,gets,get,contain,contains,containing,includes,include,offers,offer,whose,held,hold,holds",
    ),
    ...of(
      { kind: "named" },
      "named,called,with name,with the name,whose name is,entitled,titled,name is,title is,with title,with the title,known as",
    ),
    ...of({ kind: "relative" }, "that,which,who,where the,whom"),
    ...of(
      { kind: "open" },
      "what is,what are,what is the,what are the,list,show,find,give,return,tell me,give me,return me,show me,find me,please list,please show,please give me,what was,what were,find out,display,get me,retrieve,identify,select,could you list,count,i want to know,i would like to know,tell,list out,please tell me,what,which,can you tell me,report,provide,compute,calculate,print,enumerate,name,state,what about,i want,what 's,whats,describe,sort,order,rank",
    ),
    ...of({ kind: "who" }, "who is,who are,who was,who were,who has,who have,who had,who did"),
    ...of({ kind: "where" }, "where is,where are,where was,where were,where do,where does,where did"),
    ...of(
      { kind: "when" },
      "when was,when were,when did,when is,when does,when do,in what year was,in what year did,what year was,what year did,what year were,in which year was",
    ),
    ...[
      "of",
      "in",
      "from",
      "for",
      "at",
      "on",
      "by",
      "to",
      "about",
      "among",
      "into",
      "within",
      "through",
      "during",
      "under the",
      "using",
      "as",
    ].flatMap((word) => of({ kind: "preposition", word }, word)),
    ...of(
      { kind: "noise" },
      `a,an,the,all,any,some,is,are,was,were,be,been,being,do,does,did,me,us,there,their,his,her,its,they,them,it,also,
       please,these,those,this,than,such,then,we,i,you,our,my,will,would,can,could,currently,recorded,so,
       as well,his or her,her or his,he or she,each of,became,become,becomes,information about,details of,list of,set of,records of,has been,have been,had been,belonging,belong,given,
       corresponding,respectively,associated,exist,existing,available,ever,one,whole,overall,value of,values of,
       database,in the database,in our database,in our records,on record,in total,altogether,kind of,kinds of,types of,
       made,make,makes,take,takes,took,taken,took part,take part,taking part,takes part,taken part,members,member,much,how much,place,took place,takes place,located,happened,happen,whether,if,
       yet,still,anyone,anything,something,someone,people who,those who,ones,result,results,out,up,who,where,when,how,an overall`,
    ),
  ];
}
