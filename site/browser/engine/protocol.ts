import type { SitePlan, SiteRows } from "#generators/site-data/contract.ts";

/** What the page asks of the worker that holds the engine. One request at a time. */
export type WorkerRequest =
  | {
      readonly kind: "start";
      /** Address of the folder with the engine's modules, with a slash at its end. */
      readonly engine: string;
      /** Address of the archive it starts from. */
      readonly state: string;
      readonly extensions: readonly { readonly name: string; readonly url: string }[];
    }
  | ({ readonly kind: "run"; readonly maxRows: number; readonly maxBytes: number } & Statement)
  | ({ readonly kind: "explain" } & Statement)
  /** Whether it is one SELECT that can be planned. */
  | ({ readonly kind: "check" } & Statement);

export interface Statement {
  readonly sql: string;
  /** Values of `$1`, `$2` … as text. */
  readonly params: readonly (string | null)[];
}

export type WorkerReply =
  | { readonly kind: "stage"; readonly text: string }
  | { readonly kind: "ready" }
  | { readonly kind: "rows"; readonly rows: SiteRows; readonly elapsedMs: number }
  | { readonly kind: "plan"; readonly plan: SitePlan }
  | { readonly kind: "holds" }
  | { readonly kind: "refused"; readonly message: string; readonly help: string; readonly sqlstate: string | null }
  /** The engine cannot go on. */
  | { readonly kind: "broken"; readonly message: string };
