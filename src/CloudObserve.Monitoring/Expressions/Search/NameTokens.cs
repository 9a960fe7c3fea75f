namespace CloudObserve.Monitoring.Expressions.Search;

/// <summary>Represents the tokens of a name or of a search term.</summary>
/// <remarks>
/// CloudWatch: a token begins at a change from lower case to upper case, at a digit and after a character that is neither a letter nor a
/// digit. The whole text without such characters is a token too. The last capital of several belongs to the word after them:
/// <c>SDBFailure</c> has the tokens <c>SDB</c>, <c>Failure</c> and <c>SDBFailure</c>.
/// </remarks>
internal sealed class NameTokens
{
    private readonly List<string> _parts = [];
    private readonly string _whole;
    private readonly bool _hasSeparators;

    internal NameTokens(string text)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || !char.IsLetterOrDigit(text[i]) || (i > start && IsBorder(text, i)))
            {
                if (i > start)
                {
                    _parts.Add(text[start..i]);
                }

                bool isSeparator = i < text.Length && !char.IsLetterOrDigit(text[i]);
                _hasSeparators |= isSeparator;
                start = isSeparator ? i + 1 : i;
            }
        }

        _whole = string.Concat(_parts);
    }

    /// <summary>Gets the tokens in lower case, the whole text first.</summary>
    internal IEnumerable<string> All => new[] { _whole }.Concat(_parts).Select(static part => part.ToLowerInvariant()).Distinct();

    /// <summary>Determines whether these tokens of a search term are found in a name.</summary>
    /// <remarks>
    /// A single token is found as any token, whatever its case. Several must stand side by side in the name: whatever their case if the
    /// term separates them by other characters, and in the same case if it does not.
    /// </remarks>
    internal bool AreIn(NameTokens name)
    {
        if (_parts.Count == 0)
        {
            return false;
        }

        bool ignoresCase = _parts.Count == 1 || _hasSeparators;
        StringComparison comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return (_parts.Count == 1 && string.Equals(_parts[0], name._whole, comparison))
            || Enumerable.Range(0, Math.Max(0, name._parts.Count - _parts.Count + 1)).Any(start => AreAt(name, start, comparison));
    }

    private bool AreAt(NameTokens name, int start, StringComparison comparison)
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            if (!string.Equals(_parts[i], name._parts[start + i], comparison))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBorder(string text, int at)
    {
        (char before, char current) = (text[at - 1], text[at]);
        return char.IsDigit(before) != char.IsDigit(current)
            || (!char.IsUpper(before) && char.IsUpper(current))
            || (char.IsUpper(before) && char.IsUpper(current) && at + 1 < text.Length && char.IsLower(text[at + 1]));
    }
}
