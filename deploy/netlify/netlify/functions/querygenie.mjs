// The query function on Netlify. Beside the folder netlify: netlify.toml, querygenie.yml and a package.json that depends on querygenie.
import { netlifyFunction } from "querygenie/function";

export default netlifyFunction();

export const config = { path: ["/api/*", "/auth/*", "/livez", "/readyz"] };
