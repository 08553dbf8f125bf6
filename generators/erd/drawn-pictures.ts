/** Pictures that a former run has drawn, and diagrams of pages that Mermaid took. */
export interface DrawnPictures {
  /** The picture of this file when it was drawn from the very same text, else undefined. A page's diagram has none. */
  find(file: string, madeFrom: string): string | undefined;
  keep(file: string, madeFrom: string, svg: string): void;
}
