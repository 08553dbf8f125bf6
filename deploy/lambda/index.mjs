// The query function on AWS Lambda. Beside it: querygenie.yml and node_modules with querygenie.
import { lambdaFunction } from "querygenie/function";

export const handler = lambdaFunction();
