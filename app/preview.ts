import { silentLog } from "./log.ts";
import { closeOnSignal } from "./serve.ts";
import { startServer } from "./server.ts";

export interface PreviewOptions {
  readonly siteDir: string;
  readonly port?: number;
  readonly basePath?: string;
  readonly say: (line: string) => void;
}

/** Serves a built site as any static host would, until the process is asked to stop. */
export async function previewSite({ say, ...options }: PreviewOptions): Promise<void> {
  const nothing = new Response(null, { status: 404 });
  const server = await startServer({
    ...options,
    log: { ...silentLog, warn: say, error: say },
    handler: { owns: () => false, nameOf: () => null, handle: () => Promise.resolve(nothing.clone()) },
  });
  say(`The site is at ${server.url}  (Ctrl-C stops it)`);
  await closeOnSignal(server);
}
