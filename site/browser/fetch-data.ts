import { link } from "../link.ts";
import { unpack, type Packed } from "../view/packed.ts";

/** Loads a file of the site's data by its name, such as `search`. The same build made it, so its form is known. */
export async function fetchData<T>(name: string): Promise<T> {
  const response = await fetch(link(`data/${name}.json`));
  if (!response.ok) throw new Error(`data/${name}.json did not load: ${response.status}`);
  const packed: Packed = await response.json();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- What the file holds, the same build has written.
  return unpack(packed) as T;
}
