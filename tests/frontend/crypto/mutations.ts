// Envelopes damaged at random but always alike: the same ones as tests/vectors/mutations.py makes.

const KINDS = [1, 2, 3, 16, 17, 18, 19, 32, 33];

/** Mulberry32: whole numbers below 2^32. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export interface Mutation {
  /** The place of the undamaged envelope in the list that was given. */
  base: number;
  damaged: Uint8Array;
}

export function* mutations(bases: Uint8Array[], count: number, seed: number): Generator<Mutation> {
  const draw = numbers(seed);
  for (let made = 0; made < count; made++) {
    const base = draw() % bases.length;
    yield { base, damaged: damage(bases[base] ?? new Uint8Array(), draw) };
  }
}

function damage(base: Uint8Array, draw: () => number): Uint8Array {
  const changed = Array.from(base);
  const way = draw() % 8;
  if (way === 0) {
    const at = draw() % 2 ? 5 : 47;
    changed[at] = KINDS[draw() % KINDS.length] ?? 0;
  } else if (way < 5) {
    for (let left = 1 + (draw() % 3); left; left--) {
      const drawn = draw();
      const at = drawn % (draw() % 2 ? 144 : base.length);
      changed[at] = (changed[at] ?? 0) ^ (1 + (draw() % 255));
    }
  } else if (way === 5) {
    changed.length = draw() % base.length;
  } else if (way === 6) {
    for (let left = 1 + (draw() % 40); left; left--) changed.push(draw() % 256);
  } else {
    const source = draw() % (base.length - 8);
    changed.splice(draw() % (base.length - 8), 8, ...base.subarray(source, source + 8));
  }
  return Uint8Array.from(changed);
}
