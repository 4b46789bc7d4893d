/** The largest finite float32, in which kernels evaluate. */
export const FLOAT32_MAX = (2 - 2 ** -23) * 2 ** 127;
