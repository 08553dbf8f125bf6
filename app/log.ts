/** Parts of a log line. Never a value of a row, a secret or the text of a query. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export const logLevels = ["error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];

/** The server's log: one line an event. `message` is a sentence that does not change; what changes are the fields. */
export type ServerLog = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

export interface LogOptions {
  /** Least important level that is written. */
  readonly level: LogLevel;
  readonly format: "text" | "json";
  /** Gets a line without its end. */
  readonly write: (line: string) => void;
  readonly now: () => Date;
  /** Takes secrets out of what errors say. */
  readonly clean: (text: string) => string;
}

/** JSON lines for programs, plain ones for people. Every text is cleaned and keeps to its line. */
export function serverLog({ level, format, write, now, clean }: LogOptions): ServerLog {
  const most = logLevels.indexOf(level);
  const at =
    (line: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (logLevels.indexOf(line) > most) return;
      const cleaned = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, typeof value === "string" ? clean(value) : value] as const);
      if (format === "json") {
        const head = { time: now().toISOString(), level: line, message: clean(message) };
        write(JSON.stringify({ ...head, ...Object.fromEntries(cleaned) }));
        return;
      }
      const tail = cleaned.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join("");
      write(`${line === "info" || line === "debug" ? "" : `${line}: `}${oneLine(clean(message))}${tail}`);
    };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}

/** What steers a terminal would let a text pretend to be a line of ours. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");

/** A log that nobody reads. */
export const silentLog: ServerLog = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};
