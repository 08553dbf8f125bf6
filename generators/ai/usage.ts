/**
 * Tokens of a call in one meaning for every provider: `input` counts the whole prompt, `cachedInput` the part of it
 * that was read from the provider's cache, `output` everything generated, `reasoning` the part of it that is no answer.
 */
export interface Usage {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly reasoning: number;
}

export const noUsage: Usage = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cachedInput: a.cachedInput + b.cachedInput,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}
