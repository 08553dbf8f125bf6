/** One thing to be made, with what it needs. */
export interface Step {
  readonly id: string;
  readonly needs: readonly string[];
  readonly statements: readonly string[];
}

/** Every step behind those it needs, as far as they are among these; a circle is cut where it closes. */
export function inOrder(steps: readonly Step[]): readonly string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const done = new Set<string>();
  const statements: string[] = [];
  for (const first of steps) {
    // A stack of its own: a chain of views may be longer than that of the engine.
    const open: { readonly step: Step; at: number }[] = [];
    const enter = (step: Step): void => {
      if (done.has(step.id)) return;
      done.add(step.id);
      open.push({ step, at: 0 });
    };
    enter(first);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const need = top.step.needs[top.at++];
      if (need === undefined) {
        statements.push(...top.step.statements);
        open.pop();
      } else {
        const next = byId.get(need);
        if (next) enter(next);
      }
    }
  }
  return statements;
}
