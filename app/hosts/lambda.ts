import { toAnswer, toRequest, type LambdaFunction } from "./lambda-event.ts";
import { queryFunction, type QueryFunctionOptions } from "./query-function.ts";

/** The query function for AWS Lambda, behind a function URL or an HTTP API of API Gateway. */
export function lambdaFunction(options?: QueryFunctionOptions): LambdaFunction {
  const { fetch } = queryFunction(options);
  return async (event) => {
    const { sourceIp } = event.requestContext.http;
    return toAnswer(await fetch(toRequest(event), { caller: sourceIp }));
  };
}
