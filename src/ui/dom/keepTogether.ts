/** Prevents line breaks within 'λ = 1', 'seed 3', '81 parameters' or '2-20-1'. */
export function keepTogether(text: string): string {
  // The word joiner is invisible, and a search for 2-20-1 finds it all the same.
  return text
    .replace(/ (?=[=\d−])|(?<==) |(?<=\d) (?=p)/gu, '\u00a0')
    .replace(/(?<=\d)-(?=\d)/g, '-\u2060');
}
