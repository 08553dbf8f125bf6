/**
 * How the embedded engine is started. Its files are in memory already, so a large buffer pool holds them twice; and each
 * page that a start touches costs time: of 2.2 s on a small virtual machine, these two and huge pages (see
 * `pglite-engine.ts`) leave 0.6.
 */
export const SMALL_SERVER: readonly string[] = ["-c", "shared_buffers=16MB", "-c", "full_page_writes=off"];
