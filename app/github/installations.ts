import { z } from "zod";
import type { ServerStore } from "../store/server-store.ts";

/** Who has installed the App, as deliveries tell, kept in the server's store. */
export interface KnownInstallations {
  /** Writes what a delivery of `installation` or `installation_repositories` says. Rejects when the store fails. */
  readonly learn: (event: string, payload: unknown) => Promise<void>;
  /** False while an account has suspended the App. What is not known is taken for active. */
  readonly isActive: (id: number) => Promise<boolean>;
}

const named = z.array(z.object({ full_name: z.string() })).default([]);
const installation = z.object({
  id: z.int(),
  account: z.object({ login: z.string() }),
  suspended_at: z.iso.datetime({ offset: true }).nullish(),
});
const delivery = z.object({
  action: z.string(),
  installation,
  repositories: named,
  repositories_added: named,
  repositories_removed: named,
});

/** The installations of a store. */
export function knownInstallations(
  store: ServerStore["installations"],
  { now }: { readonly now: () => Date },
): KnownInstallations {
  return {
    async learn(event, payload) {
      if (event !== "installation" && event !== "installation_repositories") return;
      const { data } = delivery.safeParse(payload);
      // The receiver says what is wrong with a delivery's form.
      if (!data) return;
      const { id, account, suspended_at: suspended } = data.installation;
      if (data.action === "deleted") return store.remove(id);
      const before = (await store.list()).find((one) => one.id === id);
      const left = new Set(data.repositories_removed.map(({ full_name: name }) => name));
      const added = [...data.repositories, ...data.repositories_added].map(({ full_name: name }) => name);
      const repositories = [...new Set([...(before?.repositories ?? []), ...added])].filter((name) => !left.has(name));
      const suspendedAt = suspended ? new Date(suspended) : null;
      await store.put({ id, account: account.login, repositories, suspendedAt, updatedAt: now() });
    },
    isActive: async (id) => (await store.list()).find((one) => one.id === id)?.suspendedAt == null,
  };
}
