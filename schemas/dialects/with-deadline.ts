/** Waits for `work`, but no longer than `milliseconds`: then `late` makes the error and may end what is waited for. */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    // What comes too late is nobody's business.
    work.catch(() => undefined);
  }
}
