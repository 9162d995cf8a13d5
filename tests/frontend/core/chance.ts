// Numbers that look random and are the same in every run.

/** Numbers from 0 to 1, the same ones in every run. */
export function chance(seed: number): () => number {
  return () => {
    seed = (seed * 1664525 + 1013904223) % 4294967296;
    return seed / 4294967296;
  };
}
