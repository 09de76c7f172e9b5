/** The candidate a person most likely meant, or undefined when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const begun = candidates.find((candidate) => word.length >= 3 && candidate.startsWith(word.toLowerCase()));
  if (begun !== undefined) return begun;
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Letters to insert, delete or change (Levenshtein), one row at a time. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries()) {
      const [change = 0, remove = 0, insert = 0] = [row[j], row[j + 1], next[j]];
      next.push(Math.min(change + (letter === other ? 0 : 1), remove + 1, insert + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
