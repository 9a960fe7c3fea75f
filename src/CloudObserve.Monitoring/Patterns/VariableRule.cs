namespace CloudObserve.Monitoring.Patterns;

/// <summary>
/// Decides whether the words at one place of otherwise equal messages are values of one pattern, or the text of several patterns.
/// </summary>
/// <remarks>
/// The numbers were chosen on the ten LogHub samples that benchmarks use. Text has a few alphabetic words at a place. Names,
/// identifiers and long lists of words are values.
/// Where a value with digits stands at the same place in another message, the words are values too.
/// </remarks>
internal sealed class VariableRule(WordTable words)
{
    private const int FewWords = 3;
    private const int WordsAfterEqualSign = 6;
    private const int ManyWords = 8;
    private const int WordsInShortMessage = 10;
    private const int ManyStates = 16;

    /// <summary>Decides about one place.</summary>
    /// <param name="place">One of the signatures, with the place.</param>
    /// <param name="found">The word at the place in each of the signatures, with the number of its messages.</param>
    internal bool IsVariable(in Gap place, ReadOnlySpan<(int Word, long Count)> found)
    {
        bool hasValue = HasValue(found);
        int count = found.Length - (hasValue ? 1 : 0);
        if (count == 0)
        {
            return false;
        }

        bool isFirst = place.Before.IndexOfAnyExcept(WordTable.Value, WordTable.Space) < 0;
        int text = TextWords(place.Before) + TextWords(place.Behind);
        if (text < 2)
        {
            return text == 1 && !isFirst && count >= WordsInShortMessage && CountOf(found, WordTraits.Capitals) == 0;
        }

        return CountOf(found, WordTraits.NumberedName) == count ? AreNumbered(found, count, hasValue)
            : hasValue ? !isFirst || CountOf(found, WordTraits.Identifier) == count || ValuesPrevail(found)
            : isFirst ? CountOf(found, WordTraits.Identifier) == count && count >= FewWords
            : AreNames(place, found, count);
    }

    /// <summary>Counts the words that are text.</summary>
    internal int TextWords(ReadOnlySpan<int> tokens)
    {
        int count = 0;
        foreach (int token in tokens)
        {
            count += words.Has(token, WordTraits.Text) ? 1 : 0;
        }

        return count;
    }

    private static bool HasValue(ReadOnlySpan<(int Word, long Count)> found)
    {
        foreach ((int word, _) in found)
        {
            if (word == WordTable.Value)
            {
                return true;
            }
        }

        return false;
    }

    private bool AreNames(in Gap place, ReadOnlySpan<(int Word, long Count)> found, int count)
    {
        if (CountOf(found, WordTraits.Identifier) * 2 > count)
        {
            return count >= 2;
        }

        int before = place.Start > 0 ? place.Before[^1] : WordTable.Value;
        if (count >= FewWords && IsEnclosed(before, place.Behind))
        {
            return true;
        }

        int wordBefore = before == WordTable.Space && place.Start > 1 ? place.Before[^2] : before;
        int needed = CountOf(found, WordTraits.Capitals) > 0 ? ManyStates
            : words.Has(wordBefore, WordTraits.IntroducesName) ? FewWords
            : wordBefore == words.EqualSign ? WordsAfterEqualSign
            : ManyWords;
        return count >= needed;
    }

    private bool IsEnclosed(int before, ReadOnlySpan<int> behind)
    {
        if (behind.IsEmpty)
        {
            return false;
        }

        int bracket = words.Opening.AsSpan().IndexOf(before);
        return bracket >= 0 ? behind[0] == words.Closing[bracket] : words.Quotes.AsSpan().Contains(before) && behind[0] == before;
    }

    // "eth0" and "eth1" are one name with a number; "eth0" and "lo1" are two names.
    private bool AreNumbered(ReadOnlySpan<(int Word, long Count)> found, int count, bool hasValue)
    {
        if (hasValue)
        {
            return true;
        }

        ReadOnlySpan<byte> name = words.TextOf(found[0].Word)[..^1];
        foreach ((int word, _) in found)
        {
            if (!words.TextOf(word)[..^1].SequenceEqual(name))
            {
                return count >= ManyWords;
            }
        }

        return count >= FewWords || name.IndexOfAnyExceptInRange((byte)'a', (byte)'z') < 0;
    }

    private int CountOf(ReadOnlySpan<(int Word, long Count)> found, WordTraits trait)
    {
        int count = 0;
        foreach ((int word, _) in found)
        {
            count += word != WordTable.Value && words.Has(word, trait) ? 1 : 0;
        }

        return count;
    }

    private static bool ValuesPrevail(ReadOnlySpan<(int Word, long Count)> found)
    {
        long values = 0;
        long names = 0;
        foreach ((int word, long count) in found)
        {
            values += word == WordTable.Value ? count : 0;
            names += word == WordTable.Value ? 0 : count;
        }

        return values >= names;
    }
}
