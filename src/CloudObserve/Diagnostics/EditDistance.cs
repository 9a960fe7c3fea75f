namespace CloudObserve.Diagnostics;

/// <summary>Finds the known name that is most similar to a misspelled one.</summary>
internal static class EditDistance
{
    // The time grows with the square of the length, and nobody types longer names by hand.
    private const int MaxLength = 64;

    /// <summary>
    /// Returns the candidate with the fewest insertions, deletions, replacements and exchanges of neighbors from a name, ignoring case.
    /// </summary>
    /// <returns><see langword="null"/> when more than a third of the characters would have to change.</returns>
    internal static string? Nearest(string name, IEnumerable<string> candidates) => candidates
        .Where(c => c.Length <= MaxLength && name.Length <= MaxLength)
        .Select(c => (Candidate: c, Distance: Between(name.ToUpperInvariant(), c.ToUpperInvariant())))
        .Where(c => c.Distance <= Math.Max(1, Math.Max(name.Length, c.Candidate.Length) / 3))
        .OrderBy(c => c.Distance)
        .Select(c => c.Candidate)
        .FirstOrDefault();

    private static int Between(string left, string right)
    {
        // Each row of the matrix needs only the two rows above it.
        int[] above = [];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);

                // Two letters in the wrong order are one slip of the fingers.
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], above[j - 2] + 1);
                }
            }

            (above, last) = (last, row);
        }

        return last[^1];
    }
}
