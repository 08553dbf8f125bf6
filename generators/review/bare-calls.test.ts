import { expect, it } from "vitest";
import { bareCalls } from "./bare-calls.ts";

it.each([
  ["(owner_id = auth.uid())", ["auth.uid()"]],
  ["((auth.jwt() ->> 'role'::text) = 'admin'::text)", ["auth.jwt()"]],
  ["(tenant = current_setting('app.tenant'::text, true))", ["current_setting(…)"]],
  ["(owner_id = ( SELECT auth.uid() AS uid))", []],
  ["(EXISTS ( SELECT 1 FROM members m WHERE (m.user_id = auth.uid())))", []],
  ["(body = 'auth.uid()'::text)", []],
  ['(("auth"."uid"() = owner_id) OR ( SELECT true))', ["auth.uid()"]],
  ["(lower(email) = 'a'::text)", []],
])("%s", (expression, expected) => {
  expect(bareCalls(expression)).toEqual(expected);
});
