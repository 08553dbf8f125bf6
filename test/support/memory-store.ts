import type { Store } from "#schemas/ports.ts";

/** A cache that lives as long as the test. */
export function memoryStore(): Store & { readonly size: () => number } {
  const values = new Map<string, Uint8Array>();
  return {
    get: (key) => Promise.resolve(values.get(key) ?? null),
    set: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
    size: () => values.size,
  };
}
