// The query function on Vercel. Beside it: vercel.json, querygenie.yml and a package.json that depends on querygenie.
import { vercelFunction } from "querygenie/function";

export default vercelFunction();
