namespace CloudObserve.Monitoring.Patterns;

/// <summary>
/// Reduces the tokens of a message to its signature. Messages with one signature have one pattern: lists of values, units behind numbers
/// and values in brackets do not change it.
/// </summary>
internal static class Signature
{
    /// <summary>Reduces tokens.</summary>
    /// <param name="tokens">The tokens of a message, or a signature with further values in it.</param>
    /// <param name="result">The place for the signature, at least as long as <paramref name="tokens"/>.</param>
    /// <param name="words">The words of the tokens.</param>
    /// <returns>The length of the signature.</returns>
    internal static int Reduce(ReadOnlySpan<int> tokens, Span<int> result, WordTable words)
    {
        int count = 0;
        foreach (int token in tokens)
        {
            result[count++] = token;
            while (ReduceEnd(result, ref count, words))
            {
            }
        }

        return count;
    }

    private static bool ReduceEnd(Span<int> result, ref int count, WordTable words)
    {
        int last = result[count - 1];
        return last == WordTable.Value ? ReduceValue(result, ref count, words)
            : words.Has(last, WordTraits.Unit) ? ReduceUnit(result, ref count)
            : ReduceBracket(result, ref count, words);
    }

    private static bool ReduceValue(Span<int> result, ref int count, WordTable words)
    {
        if (count < 2)
        {
            return false;
        }

        int before = result[count - 2];
        if (before == WordTable.Value)
        {
            count--;
            return true;
        }

        if (count >= 3 && result[count - 3] == WordTable.Value && words.Has(before, WordTraits.JoinsValues))
        {
            count -= 2;
            return true;
        }

        // "less than one second" and masked digits are values too.
        bool compares = (before == words.Less || before == words.Greater) && (count < 3 || result[count - 3] == WordTable.Space);
        if (compares || words.Has(before, WordTraits.Stars))
        {
            result[count - 2] = WordTable.Value;
            count--;
            return true;
        }

        if (count >= 4 && before == WordTable.Space && result[count - 4] == WordTable.Value
            && (result[count - 3] == words.Colon || result[count - 3] == words.Comma || result[count - 3] == words.Semicolon))
        {
            count -= 3;
            return true;
        }

        return false;
    }

    private static bool ReduceUnit(Span<int> result, ref int count)
    {
        if (count < 3 || result[count - 2] != WordTable.Space || result[count - 3] != WordTable.Value)
        {
            return false;
        }

        count -= 2;
        return true;
    }

    // Brackets with a value or nothing in them, apart from a call's: they may be missing in other messages of the pattern.
    private static bool ReduceBracket(Span<int> result, ref int count, WordTable words)
    {
        int kind = words.Closing.AsSpan().IndexOf(result[count - 1]);
        if (kind < 0 || count < 2)
        {
            return false;
        }

        int opening = words.Opening[kind];
        int length = result[count - 2] == opening ? 2
            : count >= 3 && result[count - 2] == WordTable.Value && result[count - 3] == opening ? 3 : 0;
        bool isCall = count > length && result[count - length - 1] is not (WordTable.Space or WordTable.Value);
        if (length == 0 || isCall)
        {
            return false;
        }

        count -= length;
        if (count > 1 && result[count - 1] == WordTable.Space && result[count - 2] == WordTable.Value)
        {
            count--;
        }
        else if (count == 0 || result[count - 1] != WordTable.Value)
        {
            result[count++] = WordTable.Value;
        }

        return true;
    }
}
