/** One figure of a scenario, measured in every run. */
export interface Row {
  readonly name: string;
  readonly unit: "s" | "ms" | "MB" | "calls";
  readonly ours: readonly number[];
  /** The same job done by `peerName` in the same run, in the same unit. */
  readonly peer?: readonly number[];
  readonly peerName?: string;
  /** Most memory that the processes of our job held together, in MB. */
  readonly peakMegabytes?: readonly number[];
  readonly target?: { readonly most: number; readonly of: "ratio" | "ours" };
  /** What a reader must know to judge the figure. */
  readonly facts?: string;
}

/** What a scenario gets from the runner. */
export interface Bench {
  readonly runs: number;
  /** Runs our command line in `cwd` and measures it; fails when it exits with another code than 0. */
  readonly cli: (args: readonly string[], place: CliPlace) => Promise<CliRun>;
  /** A fresh folder that is removed at the end. */
  readonly folder: () => Promise<string>;
  /** A cache that holds the empty cluster and nothing else. */
  readonly emptyCache: () => Promise<string>;
  readonly say: (line: string) => void;
}

export interface CliPlace {
  readonly cwd: string;
  readonly cacheDir: string;
}

export interface CliRun {
  readonly seconds: number;
  readonly peakMegabytes: number | null;
  readonly output: string;
}

export interface Scenario {
  readonly name: string;
  /** Other names of rows that come with it, so that they can be asked for. */
  readonly gives?: readonly string[];
  readonly about: string;
  /** False: runs only when asked for by name. */
  readonly isDefault: boolean;
  /** A string says why it cannot run here. */
  run(bench: Bench): Promise<readonly Row[] | string>;
}
