/** What somebody may have meant who wrote a name that there is not. */

/** The known name that holds the one written, or stands in it, or else differs in the fewest letters, half of them at most. */
export const nearest = (written: string, known: readonly string[]): string | undefined => {
  const word = plain(written);
  let [best, least]: [string | undefined, number] = [undefined, Infinity];
  for (const name of known) {
    const other = plain(name);
    const shorter = Math.min(word.length, other.length);
    const isPart = shorter > 2 && (word.includes(other) || other.includes(word));
    const edits = isPart ? 0 : editsBetween(word, other);
    if (edits < least && 2 * edits <= shorter) [best, least] = [name, edits];
  }
  return best;
};

const plain = (name: string): string => name.replaceAll(/[_-]/g, "").toLowerCase();

/** How many letters must be replaced, put in or left out to make one word of another (V. I. Levenshtein, 1966). */
const editsBetween = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
