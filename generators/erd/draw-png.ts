/** Draws one of our SVGs, written with `plain`, as a PNG file. */
export type DrawPng = (svg: string) => Promise<Uint8Array>;
