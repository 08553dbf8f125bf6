// The types of `querygenie/function`. scripts/build.ts copies them; app/hosts/hosts.live.test.ts holds them to the code.

export interface QueryFunctionOptions {
  /** Folder of the configuration. Default: the folder that the process works in. */
  readonly cwd?: string;
}

export interface QueryFunction {
  /** Answers a request; never rejects. `caller` is the address that asks, by which it is limited how often. */
  readonly fetch: (request: Request, from?: { readonly caller?: string | undefined }) => Promise<Response>;
  /** Closes the connections. */
  readonly close: () => Promise<void>;
}

/** The query function on running databases, by the environment and the configuration. */
export function queryFunction(options?: QueryFunctionOptions): QueryFunction;

/** For Vercel: `export default vercelFunction()` in a file below `api/`. */
export function vercelFunction(options?: QueryFunctionOptions): {
  readonly fetch: (request: Request) => Promise<Response>;
};

/** For Netlify: `export default netlifyFunction()` in a file below `netlify/functions/`. */
export function netlifyFunction(
  options?: QueryFunctionOptions,
): (request: Request, context: { readonly ip?: string }) => Promise<Response>;

/** An HTTP request of version 2.0, as function URLs and HTTP APIs of API Gateway send it; the parts that are read. */
export interface LambdaEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  /** Cookies are not among the headers. */
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: {
    readonly domainName: string;
    readonly http: { readonly method: string; readonly sourceIp: string };
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** The answer of version 2.0. */
export interface LambdaAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** For AWS Lambda: `export const handler = lambdaFunction()`. */
export function lambdaFunction(options?: QueryFunctionOptions): (event: LambdaEvent) => Promise<LambdaAnswer>;
