import { expect, test } from "vitest";
import { callerOf, isOfThisMachine } from "./caller.ts";

const asked = (remoteAddress: string, forwarded?: string) => ({
  headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  socket: { remoteAddress },
});

test.each([
  ["the socket's address", asked("203.0.113.7"), 0, "203.0.113.7"],
  ["no word of a caller's own", asked("203.0.113.7", "10.0.0.1"), 0, "203.0.113.7"],
  ["what our proxy saw", asked("10.0.0.2", "203.0.113.7"), 1, "203.0.113.7"],
  ["what our proxy saw, not what the caller said before", asked("10.0.0.2", "1.1.1.1, 203.0.113.7"), 1, "203.0.113.7"],
  ["what the outer of two proxies saw", asked("10.0.0.2", "1.1.1.1, 203.0.113.7, 10.0.0.3"), 2, "203.0.113.7"],
  ["the nearest known when a proxy says nothing", asked("10.0.0.2"), 1, "10.0.0.2"],
  ["IPv4 by an IPv6 socket", asked("::ffff:203.0.113.7"), 0, "203.0.113.7"],
  ["the network of IPv6", asked("2001:db8:0:1:aaaa::1"), 0, "2001:db8:0:1::/64"],
  ["the network of IPv6 with a gap", asked("2001:0DB8::1"), 0, "2001:db8:0:0::/64"],
])("a caller is %s", (_what, request, proxies, caller) => {
  expect(callerOf(request, proxies)).toBe(caller);
});

test("two addresses of one IPv6 network are one caller", () => {
  expect(callerOf(asked("2001:db8::1"), 0)).toBe(callerOf(asked("2001:db8::ffff:2"), 0));
});

test("a request of this machine comes from it and by no proxy", () => {
  const is = (address: string, forwarded?: string) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- A socket of which the address alone is looked at.
    isOfThisMachine(asked(address, forwarded) as Parameters<typeof isOfThisMachine>[0]);
  expect([is("127.0.0.1"), is("::1"), is("::ffff:127.0.0.1")]).toEqual([true, true, true]);
  expect([is("127.0.0.1", "203.0.113.7"), is("10.0.0.1"), is("")]).toEqual([false, false, false]);
});
