/** The function, which computes once what it returns for arguments of the same JSON. */
export function remember<A, R>(compute: (argument: A) => R): (argument: A) => R {
  const known = new Map<string, R>();
  return (argument) => {
    const key = JSON.stringify(argument);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = compute(argument);
    known.set(key, made);
    return made;
  };
}
