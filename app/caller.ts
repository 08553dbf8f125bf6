import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/**
 * Who asks: the address that the outermost of our own `proxies` saw, and of IPv6 the network, which is one subscriber's.
 * What stands in `X-Forwarded-For` before the words of our proxies was written by the caller and means nothing.
 */
export function callerOf(
  {
    headers,
    socket,
  }: { readonly headers: IncomingMessage["headers"]; readonly socket: { readonly remoteAddress?: string | undefined } },
  proxies: number,
): string {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",");
  const told = forwarded
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const way = [...told, socket.remoteAddress ?? ""];
  return networkOf(way[Math.max(0, way.length - 1 - proxies)] ?? "");
}

/** True when nobody stands between this machine and a request: not even a proxy that runs on it. */
export function isOfThisMachine({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): boolean {
  const address = plain(socket.remoteAddress ?? "");
  const isForwarded = headers["x-forwarded-for"] !== undefined || headers["forwarded"] !== undefined;
  return !isForwarded && (address === "::1" || address.startsWith("127."));
}

/** An IPv4 address that came in by an IPv6 socket is written as one. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** Groups of an IPv6 address that name a subscriber's network. */
const NETWORK_GROUPS = 4;

/** An address as callers are told apart by: of IPv6 the network, which is one subscriber's. */
export function networkOf(text: string): string {
  const address = plain(text);
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter((group) => group !== "");
  const right = tail === undefined ? [] : tail.split(":").filter((group) => group !== "");
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = [...left, ...(tail === undefined ? [] : zeros), ...right];
  return `${groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
