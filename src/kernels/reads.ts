/**
 * How a thread reads the network of its leaf, which its code uses by name: each number on a line of its own, or all by a loop, into an array.
 * Software adapters make a branch of each read, so that half of their time for compiling goes there. On a GPU an array that
 * a loop fills may lie in slow memory instead of registers.
 */
export type Reads = 'by lines' | 'by loop';
