using CloudObserve.Contracts;

namespace CloudObserve.Filters.Transformations;

/// <summary>Reads the criteria that select the log events of a metric filter by their system fields.</summary>
/// <remarks>
/// Example: <c>@aws.region = "us-east-1" AND @aws.account NOT IN ["111122223333"]</c>. The operators are <c>=</c>, <c>!=</c>, <c>IN</c>,
/// <c>NOT IN</c>, <c>AND</c> and <c>OR</c>; <c>AND</c> binds more closely, and parentheses group.
/// </remarks>
internal ref struct FieldSelection
{
    private readonly Func<string, string> _valueOf;
    private ReadOnlySpan<char> _rest;
    private bool _isInvalid;

    private FieldSelection(string criteria, Func<string, string> valueOf)
    {
        _rest = criteria;
        _valueOf = valueOf;
    }

    /// <summary>Evaluates criteria.</summary>
    /// <param name="criteria">The criteria.</param>
    /// <param name="valueOf">Returns the value of a system field.</param>
    /// <returns>Whether events with these values are selected; <see langword="null"/> if the criteria are invalid or too long.</returns>
    internal static bool? Evaluate(string criteria, Func<string, string> valueOf)
    {
        // The length bounds the depth of the recursion.
        if (criteria.Length > ServiceLimits.PutMetricFilter.MaxFieldSelectionLength)
        {
            return null;
        }

        FieldSelection selection = new(criteria, valueOf);
        bool isSelected = selection.ReadAlternatives();
        return selection._isInvalid || !selection._rest.Trim().IsEmpty ? null : isSelected;
    }

    private bool ReadAlternatives()
    {
        bool any = ReadConditions();
        while (TakeWord("OR"))
        {
            any |= ReadConditions();
        }

        return any;
    }

    private bool ReadConditions()
    {
        bool all = ReadCondition();
        while (TakeWord("AND"))
        {
            all &= ReadCondition();
        }

        return all;
    }

    private bool ReadCondition()
    {
        if (Take("("))
        {
            bool inner = ReadAlternatives();
            Require(Take(")"));
            return inner;
        }

        string value = ReadField();
        if (Take("!="))
        {
            return value != ReadText();
        }

        if (Take("="))
        {
            return value == ReadText();
        }

        bool isNegated = TakeWord("NOT");
        Require(TakeWord("IN"));
        return ReadList(value) != isNegated;
    }

    private string ReadField()
    {
        foreach (string field in SystemFields.All)
        {
            if (TakeWord(field))
            {
                return _valueOf(field);
            }
        }

        Require(false);
        return "";
    }

    private bool ReadList(string value)
    {
        Require(Take("["));
        bool contains = ReadText() == value;
        while (Take(","))
        {
            contains |= ReadText() == value;
        }

        Require(Take("]"));
        return contains;
    }

    private string ReadText()
    {
        Require(Take("\""));
        int end = _rest.IndexOf('"');
        Require(end >= 0);
        if (_isInvalid)
        {
            return "";
        }

        string text = _rest[..end].ToString();
        _rest = _rest[(end + 1)..];
        return text;
    }

    private bool TakeWord(string word)
    {
        ReadOnlySpan<char> start = _rest.TrimStart();
        bool isWord = start.StartsWith(word, StringComparison.Ordinal)
            && (start.Length == word.Length || !IsPartOfWord(start[word.Length]));
        return isWord && Take(word);
    }

    private static bool IsPartOfWord(char next) => char.IsLetterOrDigit(next) || next is '.' or '_' or '@';

    private bool Take(string text)
    {
        ReadOnlySpan<char> start = _rest.TrimStart();
        if (!start.StartsWith(text, StringComparison.Ordinal))
        {
            return false;
        }

        _rest = start[text.Length..];
        return true;
    }

    // After a fault nothing remains to be read, so that every loop ends.
    private void Require(bool holds)
    {
        if (!holds)
        {
            _isInvalid = true;
            _rest = default;
        }
    }
}
