/** What is drawn with on paper. */
export const INK = '#1d1f24';
