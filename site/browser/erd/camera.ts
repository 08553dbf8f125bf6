import { centred, firstView, fitted, kept, zoomed, type Rect, type Size } from "../../view/viewport.ts";

/** What moves and scales a picture: dragging, pinching, the wheel, keys, and who calls it. */
export interface Camera {
  /** Shows a new picture; `isKept` leaves the view as it is. */
  show(svg: SVGSVGElement, isKept?: boolean): void;
  fit(): void;
  zoom(factor: number): void;
  /** Brings a rectangle of the picture to the middle, close enough to be read. */
  flyTo(target: Rect): void;
  /** Brings a rectangle into sight, if it is not. */
  reveal(target: Rect): void;
  moveTo(middle: { readonly x: number; readonly y: number }): void;
}

type Point = { readonly x: number; readonly y: number };

const WHEEL = 0.0016;
const STEP = 1.35;
/** Part of the view that a press of an arrow moves by. */
const ARROW = 0.15;
/** Pixels below which a press is a click. */
const SLACK = 4;
const FLIGHT_MS = 260;
/** Names of a table are readable at this scale. */
const READABLE = 0.8;

/** Gives a picture's frame the ways to move. `onView` hears what is in sight, in units of the picture. */
export function mountCamera(frame: HTMLElement, onView: (view: Rect, content: Rect) => void): Camera {
  let svg: SVGSVGElement | null = null;
  let content: Rect = { x: 0, y: 0, width: 1, height: 1 };
  let view = content;
  let flight = 0;

  const screen = (): Size => ({ width: Math.max(1, frame.clientWidth), height: Math.max(1, frame.clientHeight) });
  const set = (next: Rect): void => {
    view = kept(next, content);
    svg?.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    onView(view, content);
  };
  const jump = (next: Rect): void => {
    cancelAnimationFrame(flight);
    set(next);
  };
  const fly = (to: Rect): void => {
    cancelAnimationFrame(flight);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return set(to);
    const [from, start] = [view, performance.now()];
    const step = (now: number): void => {
      const share = Math.min(1, (now - start) / FLIGHT_MS);
      const eased = 1 - (1 - share) ** 3;
      const mix = (a: number, b: number): number => a + (b - a) * eased;
      set({
        x: mix(from.x, to.x),
        y: mix(from.y, to.y),
        width: mix(from.width, to.width),
        height: mix(from.height, to.height),
      });
      if (share < 1) flight = requestAnimationFrame(step);
    };
    flight = requestAnimationFrame(step);
  };
  const middle = (): Point => ({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
  const zoomAt = (factor: number, at: Point): Rect => zoomed(view, factor, at, { screen: screen(), content });
  const inPicture = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const { left, top } = frame.getBoundingClientRect();
    const scale = screen().width / view.width;
    return { x: view.x + (clientX - left) / scale, y: view.y + (clientY - top) / scale };
  };

  frame.addEventListener(
    "wheel",
    (event) => {
      const next = zoomAt(Math.exp(-event.deltaY * WHEEL * (event.ctrlKey ? 4 : 1)), inPicture(event));
      // At the end of the way the wheel belongs to the page again.
      if (Math.abs(next.width - view.width) < 0.01) return;
      event.preventDefault();
      jump(next);
    },
    { passive: false },
  );
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [dx, dy] = ARROWS[event.key] ?? [0, 0];
    if (dx !== 0 || dy !== 0)
      jump({ ...view, x: view.x + dx * view.width * ARROW, y: view.y + dy * view.height * ARROW });
    else if (event.key === "+" || event.key === "=") jump(zoomAt(STEP, middle()));
    else if (event.key === "-") jump(zoomAt(1 / STEP, middle()));
    else if (event.key === "0") fly(fitted(content, screen()));
    else return;
    event.preventDefault();
  });
  followPointers(frame, {
    drag: (dx, dy) => {
      const scale = screen().width / view.width;
      jump({ ...view, x: view.x - dx / scale, y: view.y - dy / scale });
    },
    pinch: (factor, at) => jump(zoomAt(factor, inPicture(at))),
  });
  new ResizeObserver(() => {
    const { width, height } = screen();
    const scale = view.width / width;
    if (svg) set({ ...view, height: height * scale });
  }).observe(frame);

  return {
    show(next, isKept = false) {
      const [width, height] = [next.width.baseVal.value, next.height.baseVal.value];
      svg = next;
      content = { x: 0, y: 0, width, height };
      next.setAttribute("width", "100%");
      next.setAttribute("height", "100%");
      jump(isKept ? view : firstView(content, screen()));
    },
    fit: () => fly(fitted(content, screen())),
    zoom: (factor) => fly(zoomAt(factor, middle())),
    flyTo: (target) =>
      fly(centred(centre(target), screen(), Math.max(READABLE, Math.min(1, screen().width / view.width)))),
    reveal(target) {
      const isIn =
        target.x >= view.x &&
        target.y >= view.y &&
        target.x + target.width <= view.x + view.width &&
        target.y + target.height <= view.y + view.height;
      if (!isIn) jump(centred(centre(target), screen(), screen().width / view.width));
    },
    moveTo: (point) => jump(centred(point, screen(), screen().width / view.width)),
  };
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function centre({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

interface Gestures {
  readonly drag: (dx: number, dy: number) => void;
  readonly pinch: (factor: number, at: { readonly clientX: number; readonly clientY: number }) => void;
}

/** One finger or the mouse drags, two fingers pinch. A press that dragged is no click on what lies below it. */
function followPointers(frame: HTMLElement, { drag, pinch }: Gestures): void {
  const down = new Map<number, { clientX: number; clientY: number }>();
  let way = 0;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (down.size === 0) way = 0;
    down.set(event.pointerId, { clientX: event.clientX, clientY: event.clientY });
  });
  frame.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    const now = { clientX: event.clientX, clientY: event.clientY };
    const [dx, dy] = [now.clientX - before.clientX, now.clientY - before.clientY];
    way += Math.hypot(dx, dy);
    if (way < SLACK) return;
    if (!frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
    down.set(event.pointerId, now);
    if (!other) return drag(dx, dy);
    const between = (one: typeof now): number => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const at = { clientX: (now.clientX + other.clientX) / 2, clientY: (now.clientY + other.clientY) / 2 };
    pinch(between(now) / Math.max(1, between(before)), at);
  });
  const up = (event: PointerEvent): void => void down.delete(event.pointerId);
  frame.addEventListener("pointerup", up);
  frame.addEventListener("pointercancel", up);
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener(
    "click",
    (event) => {
      if (way < SLACK) return;
      event.preventDefault();
      event.stopPropagation();
      way = 0;
    },
    { capture: true },
  );
}
