import type { Attempt } from "#generators/ai/ai.ts";
import type { TaskId } from "#generators/ai/task.ts";
import type { AnsweredRequest } from "./query/answered-request.ts";

/** One answered request of HTTP. */
export interface HttpRequest {
  readonly method: string;
  /** A route's name, never a path: paths are without number. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Figure {
  readonly name: string;
  readonly help: string;
}

/** The server's figures, for Prometheus. */
export interface ServerMetrics {
  readonly answered: (answered: AnsweredRequest) => void;
  readonly request: (request: HttpRequest) => void;
  readonly modelCall: (task: TaskId, attempt: Attempt) => void;
  /** A figure that is asked for when the figures are read, such as the length of a queue. */
  readonly gauge: (figure: Figure, read: () => number) => void;
  /** A count of events by one label. */
  readonly counter: (figure: Figure, label: string) => (value: string) => void;
  /** A distribution of seconds by one label. */
  readonly seconds: (figure: Figure, label: string) => (value: string, seconds: number) => void;
  readonly contentType: string;
  readonly render: () => Promise<string>;
}

/** Names of models come from callers, so no more than these are told apart. */
const MOST_MODELS = 50;
/** Jobs take seconds to minutes. */
const JOB_BUCKETS = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900];
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

/** Opens a registry of its own: several servers in one process do not mix. */
export async function openMetrics(): Promise<ServerMetrics> {
  const client = await import("prom-client").then((module) => module.default);
  const register = new client.Registry();
  client.collectDefaultMetrics({ register });
  const registers = [register];
  const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  const queries = new client.Histogram({
    name: "query_execution_duration_seconds",
    help: "Seconds from a request to a connection to its answer, by what answers and how it ended.",
    labelNames: ["database_type", "status"],
    buckets,
    registers,
  });
  const http = new client.Histogram({
    name: "http_request_duration_seconds",
    help: "Seconds from a request of HTTP to the end of its answer.",
    labelNames: ["method", "route", "status"],
    buckets,
    registers,
  });
  const models = new client.Counter({
    name: "ai_model_calls_total",
    help: "Calls of language models, by what was asked of them and how they ended.",
    labelNames: ["model", "task_type", "status"],
    registers,
  });
  const known = new Set<string>();
  return {
    answered: ({ connection, status, elapsedMs }) =>
      queries.observe({ database_type: connection.engine, status }, elapsedMs / 1000),
    request: ({ method, route, status, seconds }) =>
      http.observe({ method: METHODS.has(method) ? method : "other", route, status }, seconds),
    modelCall(task, { model, outcome }) {
      if (known.size < MOST_MODELS) known.add(model);
      models.inc({ model: known.has(model) ? model : "other", task_type: task, status: outcome });
    },
    gauge(figure, read) {
      const gauge = new client.Gauge({
        ...figure,
        registers: [],
        collect() {
          this.set(read());
        },
      });
      register.registerMetric(gauge);
    },
    counter(figure, label) {
      const counter = new client.Counter({ ...figure, labelNames: [label], registers });
      return (value) => counter.inc({ [label]: value });
    },
    seconds(figure, label) {
      const histogram = new client.Histogram({ ...figure, labelNames: [label], buckets: JOB_BUCKETS, registers });
      return (value, seconds) => histogram.observe({ [label]: value }, seconds);
    },
    contentType: register.contentType,
    render: () => register.metrics(),
  };
}
