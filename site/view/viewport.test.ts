import { describe, expect, it } from "vitest";
import { centred, firstView, fitted, kept, zoomed } from "./viewport.ts";

const screen = { width: 800, height: 400 };
const content = { x: 0, y: 0, width: 4000, height: 1000 };

describe("a view of a picture", () => {
  it("shows all of it, in the middle, and no larger than it is", () => {
    const view = fitted(content, screen);
    expect(view.x).toBeLessThanOrEqual(0);
    expect(view.x + view.width).toBeGreaterThanOrEqual(4000);
    expect(view.width / view.height).toBeCloseTo(2);
    expect(fitted({ x: 0, y: 0, width: 10, height: 10 }, screen).width).toBe(800);
  });
  it("begins where names can be told apart", () => {
    expect(firstView({ ...content, height: 9000 }, screen)).toEqual({ x: 0, y: 0, width: 1600, height: 800 });
  });
  it("comes closer around a point that stays where it is", () => {
    const view = { x: 0, y: 0, width: 1600, height: 800 };
    const next = zoomed(view, 2, { x: 400, y: 200 }, { screen, content });
    expect(next).toEqual({ x: 200, y: 100, width: 800, height: 400 });
  });
  it("comes neither too close nor goes too far", () => {
    const view = { x: 0, y: 0, width: 800, height: 400 };
    expect(zoomed(view, 1000, { x: 0, y: 0 }, { screen, content }).width).toBeCloseTo(800 / 3);
    expect(zoomed(view, 0.0001, { x: 0, y: 0 }, { screen, content }).width).toBeCloseTo(8000);
  });
  it("never loses the picture", () => {
    const away = kept(centred({ x: 90_000, y: -90_000 }, screen, 1), content);
    expect(away.x).toBeLessThan(4000);
    expect(away.y + away.height).toBeGreaterThan(0);
  });
});
