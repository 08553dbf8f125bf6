import type { AiEvent } from "../ai/ai.ts";
import { partialText } from "./partial-text.ts";

/** Tells the growing text of `reading` in what a model writes. */
export function liveReading(onReading: (text: string) => void): (event: AiEvent) => void {
  let written = "";
  return (event) => {
    if (event.kind === "text") written += event.delta;
    else if (event.kind === "restart") written = "";
    const reading = partialText(written, "reading");
    if (reading !== "") onReading(reading);
  };
}
