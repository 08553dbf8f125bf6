/** A part of a changelog, whichever language it is written in. */
export interface ChangeNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly ChangeNode[];
  /** Text between its tags; the value of `sql` in YAML and JSON. */
  readonly text: string;
  readonly line: number;
  /** Line on which the text begins. */
  readonly textLine: number;
}
