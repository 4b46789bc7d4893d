/** The colours of drawings on paper. */
export const INK = '#1d1f24';
