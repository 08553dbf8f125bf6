/** Pictures that a former run has drawn. */
export interface DrawnPictures {
  /** The picture of this file when it was drawn from the very same text, else undefined. */
  find(file: string, madeFrom: string): string | undefined;
  keep(file: string, madeFrom: string, svg: string): void;
}
