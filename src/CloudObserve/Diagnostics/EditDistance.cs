namespace CloudObserve.Diagnostics;

/// <summary>Finds the known name that is most similar to a misspelled one.</summary>
internal static class EditDistance
{
    // The time grows with the square of the length, and nobody types longer names by hand.
    private const int MaxLength = 64;

    /// <summary>Returns the candidate with the fewest insertions, deletions and replacements from a name, ignoring case.</summary>
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
        // Each row of the matrix needs only the row above it, so one row is enough.
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < right.Length; j++)
            {
                int replaced = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
