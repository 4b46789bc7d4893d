const STATE_SIZE = 624;
const SHIFT_SIZE = 397;
const UPPER_BIT = 0x80000000;
const LOWER_BITS = 0x7fffffff;
const TWIST = 0x9908b0df;

/**
 * The Mersenne Twister MT19937, which is PyTorch's generator on the CPU.
 *
 * Source: M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed
 * uniform pseudo-random number generator", ACM TOMACS 8 (1998), with the seeding of 2002.
 */
export class Mt19937 {
  private readonly words = new Uint32Array(STATE_SIZE);
  private position = STATE_SIZE;

  /**
   * @param seed a safe integer. As in `torch.manual_seed`, a negative one is taken as its two's
   *   complement in 64 bits; the generator uses the lower 32 bits.
   */
  constructor(seed: number) {
    const words = this.words;
    words[0] = seed >>> 0;
    for (let i = 1; i < STATE_SIZE; i++) {
      const previous = words[i - 1]!;
      words[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  /** The next 32 bits as an unsigned integer. */
  next32(): number {
    if (this.position === STATE_SIZE) {
      this.advance();
      this.position = 0;
    }
    let bits = this.words[this.position++]!;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    bits ^= bits >>> 18;
    return bits >>> 0;
  }

  private advance(): void {
    const words = this.words;
    for (let i = 0; i < STATE_SIZE; i++) {
      const next = words[(i + 1) % STATE_SIZE]!;
      const joined = (words[i]! & UPPER_BIT) | (next & LOWER_BITS);
      const far = words[(i + SHIFT_SIZE) % STATE_SIZE]!;
      words[i] = far ^ (joined >>> 1) ^ ((joined & 1) === 0 ? 0 : TWIST);
    }
  }
}
