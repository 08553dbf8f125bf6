import type { Progress } from "#schemas/ports.ts";

/** Where results and everything else go. Results are on stdout, all other words on stderr. */
export interface Terminal {
  /** Prints a result; ends it with a newline when it has none. */
  readonly result: (text: string) => void;
  /** Prints a line for people. */
  readonly say: (line: string) => void;
  readonly progress: Progress;
  /** True when stderr is a terminal a person looks at. */
  readonly isInteractive: boolean;
  readonly colour: Colour;
}

/** Colours text, or leaves it as it is. */
export interface Colour {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

const paint =
  (isOn: boolean, code: number) =>
  (text: string): string =>
    isOn ? `\u001b[${code}m${text}\u001b[0m` : text;

export function colours(isOn: boolean): Colour {
  return {
    bold: paint(isOn, 1),
    dim: paint(isOn, 2),
    red: paint(isOn, 31),
    green: paint(isOn, 32),
    yellow: paint(isOn, 33),
  };
}
