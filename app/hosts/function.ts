/** What `querygenie/function` is: the query function for hosts that call one for each request. */
export { lambdaFunction } from "./lambda.ts";
export { netlifyFunction } from "./netlify.ts";
export { queryFunction } from "./query-function.ts";
export { vercelFunction } from "./vercel.ts";
