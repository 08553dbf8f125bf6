import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { SITE_DATA_FOLDER, type SiteData } from "#generators/site-data/contract.ts";
import { siteData } from "#generators/site-data/site-data.ts";

/** Writes the site's data into a folder, as the command line does. */
export async function writeSiteData(data: SiteData, folder: string): Promise<void> {
  for (const { path, content } of siteData(data)) {
    const file = join(folder, relative(SITE_DATA_FOLDER, path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
