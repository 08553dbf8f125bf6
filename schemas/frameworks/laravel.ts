import { codeFramework } from "./code-framework.ts";
import type { Framework } from "./framework.ts";

export const laravel: Framework = codeFramework({
  id: "laravel",
  title: "Laravel",
  instead: "Run php artisan schema:dump and commit database/schema.",
  name: /^\d{4}_\d{2}_\d{2}_\d{6}_\w+\.php$/,
});
