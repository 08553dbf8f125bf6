import { describe, expect, it } from "vitest";
import { readCodeOwners } from "./code-owners.ts";

const owners = readCodeOwners(`# Who looks after what
*                 @shop/everyone
*.sql             @shop/db   # all SQL
/migrations/      @shop/migrations ada@example.org
docs/*            @shop/writers
/src/api          @shop/api
db/with\\ space/   @shop/space
/migrations/seed/
[ab]c             @nobody
!/src             @nobody
`);

describe("readCodeOwners", () => {
  it.each([
    ["package.json", ["@shop/everyone"]],
    ["queries/a.sql", ["@shop/db"]],
    ["migrations/0001.sql", ["@shop/migrations", "ada@example.org"]],
    ["old/migrations/0001.sql", ["@shop/db"]],
    ["docs/a.md", ["@shop/writers"]],
    ["docs/deep/a.md", ["@shop/everyone"]],
    ["src/api/orders.ts", ["@shop/api"]],
    ["db/with space/x.txt", ["@shop/space"]],
    ["migrations/seed/1.sql", []],
    ["bc", ["@shop/everyone"]],
    [".github/workflows/ci.yml", ["@shop/everyone"]],
  ])("gives %s to %j", (path, expected) => {
    expect(owners.of(path)).toEqual(expected);
  });
});
