import { answer, notFound, type FakeAnswer } from "./fake-state.ts";

/** An attempt to bring a webhook, as GitHub's list has it. Attempts of one delivery share its guid. */
export interface FakeDelivery {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: string;
  readonly event: string;
  /** What our server answered; 0 when it was not reached. */
  readonly status: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** `GET /app/hook/deliveries` and one of them. Pages are told by a cursor, not by a number. */
export function hookDeliveries(at: URL, api: string, deliveries: readonly FakeDelivery[]): FakeAnswer {
  const [, id] = /\/app\/hook\/deliveries\/(\d+)$/.exec(at.pathname) ?? [];
  if (id !== undefined) {
    const found = deliveries.find((one) => one.id === Number(id));
    if (!found) return notFound();
    const request = { headers: { "X-GitHub-Delivery": found.guid }, payload: found.payload };
    return answer(200, { ...listed(found), url: "", request, response: { headers: {}, payload: null } });
  }
  if (!at.pathname.endsWith("/app/hook/deliveries")) return notFound();
  const size = Math.min(100, Number(at.searchParams.get("per_page") ?? 30));
  const cursor = at.searchParams.get("cursor");
  const begin = cursor === null ? 0 : deliveries.findIndex((one) => `v1_${one.id}` === cursor);
  if (begin === -1) return answer(422, { message: "Invalid cursor" });
  const next = deliveries[begin + size];
  const path = `${api}/app/hook/deliveries?per_page=${size}&cursor=v1_${next?.id}`;
  const link = next === undefined ? undefined : { link: `<BASE${path}>; rel="next"` };
  return answer(200, deliveries.slice(begin, begin + size).map(listed), link);
}

const listed = ({ id, guid, deliveredAt, event, status, payload }: FakeDelivery) => ({
  id,
  guid,
  delivered_at: deliveredAt,
  redelivery: false,
  duration: 0.3,
  status: words(status),
  status_code: status,
  event,
  action: typeof payload["action"] === "string" ? payload["action"] : null,
  installation_id: 7,
  repository_id: 1,
});

function words(status: number): string {
  if (status >= 200 && status < 300) return "OK";
  return status === 0 ? "failed to connect to host" : `Invalid HTTP Response: ${status}`;
}
