import type { Config } from "#schemas/config/schema.ts";
import type { Coverage } from "#schemas/json/coverage.ts";
import { proportionalWidth } from "#generators/erd/text-width.ts";
import { escapeXml } from "#generators/erd/xml.ts";
import { share } from "./coverage.ts";

/** White text stands out from each of them by 4.5 to 1 at least. */
const COLOURS = { good: "#1a7f37", fair: "#9a6700", poor: "#cf222e" } as const;
const LABEL_COLOUR = "#444d56";
const FONT = 11;
const PADDING = 6;
const HEIGHT = 20;
const LABEL = "described";

type Settings = Pick<Config["coverage"], "counts" | "good" | "fair">;

/**
 * The share of described objects as a badge, whole percent rounded down so that 100 % means all of them. Red below
 * `fair` percent, amber below `good`, green from there; red as well below the minimum that `coverage` asks for.
 */
export function coverageBadge(coverage: Coverage, settings: Settings): string {
  const which = badgeCounts(settings);
  const percent = Math.floor(share(coverage.total, which) * 100);
  const value = `${percent}%`;
  const by = which === "person" ? "by people" : "by people and models";
  const title = escapeXml(`${value} of the schema is described ${by}`);
  const [left, right] = [widthOf(LABEL), widthOf(value)];
  const whole = left + right;
  const text = (x: number, words: string): string => `<text x="${x}" y="14">${words}</text>`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="r"><rect width="${whole}" height="${HEIGHT}" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><path fill="${LABEL_COLOUR}" d="M0 0h${left}v${HEIGHT}H0z"/><path fill="${colourOf(coverage, percent, settings)}" d="M${left} 0h${right}v${HEIGHT}H${left}z"/></g>`,
    `<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="${FONT}">${text(left / 2, LABEL)}${text(left + right / 2, value)}</g>`,
    "</svg>",
  ].join("\n")}\n`;
}

/** Every object has an offline text, so a badge that counts those would always say 100 %. */
export function badgeCounts({ counts }: Pick<Settings, "counts">): "person" | "ai" {
  return counts === "any" ? "person" : counts;
}

function colourOf({ gate }: Coverage, percent: number, { good, fair }: Settings): string {
  if (gate?.passed === false || percent < fair) return COLOURS.poor;
  return percent < good ? COLOURS.fair : COLOURS.good;
}

const widthOf = (text: string): number => Math.ceil(proportionalWidth(text, FONT)) + 2 * PADDING;
