/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON value with each set of keys and each repeated text written once. */
export interface Packed {
  readonly texts: readonly string[];
  /** Sets of keys, and what all objects of a set say under some of them. An object begins with the position of its set. */
  readonly shapes: readonly { readonly keys: readonly string[]; readonly same: Readonly<Record<string, Json>> }[];
  readonly value: Json;
}

/** Begins a reference to a text, and, doubled, a text that begins so itself. */
const MARK = "~";
/** Ids are those of their parents and a name: `~12.name` is the text of that number and `.name`. */
const DOT = ".";
/** Begins a list, where an object has the position of its shape. */
const LIST = -1;
/** Shorter texts are no longer than a reference. */
const SHORTEST = 5;

type Plain = Readonly<Record<string, Json>>;

/** Without loss: `unpack(pack(value))` is what `JSON.parse(JSON.stringify(value))` is, in another order of keys at most. */
export function pack(value: unknown): Packed {
  const plain: Json = JSON.parse(JSON.stringify(value));
  const counts = new Map<string, number>();
  const alike = new Map<string, Plain[]>();
  survey(plain);
  const texts = [...counts].filter(([text, count]) => count > 1 && text.length >= SHORTEST).map(([text]) => text);
  const positions = new Map(texts.map((text, at) => [text, at]));
  const shapes = new Map([...alike].map(([shape, objects], at) => [shape, { at, ...shapeOf(objects) }]));
  return { texts, shapes: [...shapes.values()].map(({ keys, same }) => ({ keys, same })), value: write(plain) };

  function survey(one: Json): void {
    if (typeof one === "string") counts.set(one, (counts.get(one) ?? 0) + 1);
    if (isObject(one)) {
      const shape = shapeName(one);
      const known = alike.get(shape);
      if (known) known.push(one);
      else alike.set(shape, [one]);
    }
    if (typeof one === "object" && one !== null) for (const inner of Object.values(one)) survey(inner);
  }

  function write(one: Json): Json {
    if (typeof one === "string") return written(one, positions);
    if (isList(one)) return [LIST, ...one.map(write)];
    if (!isObject(one)) return one;
    const shape = shapes.get(shapeName(one));
    return shape === undefined ? null : [shape.at, ...shape.keys.map((key) => write(one[key] ?? null))];
  }
}

/** The value that was packed. */
export function unpack({ texts, shapes, value }: Packed): Json {
  return read(value);

  function read(one: Json | undefined): Json {
    if (typeof one === "string") return text(one);
    if (!isList(one)) return one ?? null;
    const [first, ...rest] = one;
    if (first === LIST) return rest.map(read);
    const { keys = [], same = {} } = shapes[Number(first)] ?? {};
    return { ...same, ...Object.fromEntries(keys.map((key, at) => [key, read(rest[at])])) };
  }

  function text(one: string): string {
    if (!one.startsWith(MARK)) return one;
    if (one.startsWith(MARK + MARK)) return one.slice(MARK.length);
    const dot = one.indexOf(DOT);
    const [position, rest] = dot === -1 ? [one, ""] : [one.slice(0, dot), one.slice(dot)];
    return (texts[Number.parseInt(position.slice(MARK.length), 36)] ?? "") + rest;
  }
}

/** Which keys differ between objects of the same keys, and what the others say. Only plain values are compared. */
function shapeOf(objects: readonly Plain[]): Packed["shapes"][number] {
  const [first = {}] = objects;
  const isSame = (key: string): boolean =>
    objects.length > 1 && typeof first[key] !== "object" && objects.every((one) => one[key] === first[key]);
  const keys = Object.keys(first);
  return {
    keys: keys.filter((key) => !isSame(key)),
    same: Object.fromEntries(keys.filter(isSame).map((key) => [key, first[key] ?? null])),
  };
}

function written(text: string, positions: ReadonlyMap<string, number>): string {
  const at = positions.get(text);
  if (at !== undefined) return MARK + at.toString(36);
  const dot = text.lastIndexOf(DOT);
  const before = dot === -1 ? undefined : positions.get(text.slice(0, dot));
  if (before !== undefined) return MARK + before.toString(36) + text.slice(dot);
  return text.startsWith(MARK) ? MARK + text : text;
}

const shapeName = (one: Plain): string => JSON.stringify(Object.keys(one));
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);
