/** A rectangle in the units of a picture. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of the screen for a unit of the picture, at most; and, as a share of the whole, at least. */
const CLOSEST = 3;
const FARTHEST = 0.5;
const MARGIN = 12;

/** The part of a picture that shows all of a rectangle on a screen, in its middle. */
export function fitted(content: Rect, screen: Size, closest = 1): Rect {
  const scale = Math.min(
    closest,
    screen.width / (content.width + 2 * MARGIN),
    screen.height / (content.height + 2 * MARGIN),
  );
  return centred({ x: content.x + content.width / 2, y: content.y + content.height / 2 }, screen, scale);
}

/** Below this scale boxes cannot be told apart. */
const SMALLEST = 0.25;
const BEGINNING = 0.5;

/** What is shown first: everything, or the upper left of what is too large for the screen. */
export function firstView(content: Rect, screen: Size): Rect {
  const whole = fitted(content, screen);
  if (screen.width / whole.width >= SMALLEST) return whole;
  const [width, height] = [screen.width / BEGINNING, screen.height / BEGINNING];
  return { x: content.x, y: content.y, width, height };
}

/** What a screen shows at a scale (pixels a unit) around a point. */
export function centred(middle: { readonly x: number; readonly y: number }, screen: Size, scale: number): Rect {
  const [width, height] = [screen.width / scale, screen.height / scale];
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
}

/** Closer by a factor (farther below 1), with a point of the picture staying where it is. */
export function zoomed(
  view: Rect,
  factor: number,
  at: { readonly x: number; readonly y: number },
  limits: Limits,
): Rect {
  const scale = limits.screen.width / view.width;
  const least =
    FARTHEST * Math.min(1, limits.screen.width / limits.content.width, limits.screen.height / limits.content.height);
  const kept = Math.min(Math.max(scale * factor, least), CLOSEST) / scale;
  return {
    x: at.x - (at.x - view.x) / kept,
    y: at.y - (at.y - view.y) / kept,
    width: view.width / kept,
    height: view.height / kept,
  };
}
export interface Limits {
  readonly screen: Size;
  readonly content: Rect;
}

/** Moved so far back that some of the picture stays in sight. */
export function kept(view: Rect, content: Rect): Rect {
  const between = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
  const [inX, inY] = [view.width / 4, view.height / 4];
  return {
    ...view,
    x: between(view.x, content.x - view.width + inX, content.x + content.width - inX),
    y: between(view.y, content.y - view.height + inY, content.y + content.height - inY),
  };
}
