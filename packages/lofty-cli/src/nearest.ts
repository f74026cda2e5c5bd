/** Owns "did you mean": the known word closest to one that was mistyped. */

/** The nearest candidate, if it is near enough to be a plausible slip. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  // Beyond this length nothing is a slip, and the distance would cost its square.
  if (typed.length > 64) return undefined;
  const wanted = typed.toLowerCase();
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of candidates) {
    const distance = editDistance(wanted, word);
    if (best === undefined || distance < best.distance) best = { word, distance };
  }
  if (best === undefined) return undefined;
  return best.distance <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const above = rows[row - 1] ?? [];
      let distance = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) {
        distance = Math.min(distance, (rows[row - 2]?.[column - 2] ?? 0) + 1);
      }
      current.push(distance);
    }
    rows.push(current);
  }
  return rows[from.length]?.[to.length] ?? 0;
}
