using System.Text;

namespace CloudObserve.Monitoring.Alarms.Rules;

/// <summary>Reads the tokens of a composite alarm's rule.</summary>
internal ref struct RuleScanner(string rule)
{
    internal const string End = "<EOF>";

    private const string Delimiters = "(),";

    private static readonly string[] Keywords =
    [
        "AND", "OR", "NOT", "TRUE", "FALSE", "AT_LEAST", "(", ")", ",", End,
        AlarmStates.Alarm, AlarmStates.Ok, AlarmStates.InsufficientData,
    ];

    private int _next = 0;

    /// <summary>Gets the position of the present token.</summary>
    internal int Position { get; private set; } = 0;

    /// <summary>Gets the text of the present token: a parenthesis, a comma, a word up to a blank or one of these, or the end.</summary>
    internal ReadOnlySpan<char> Token { get; private set; } = default;

    /// <summary>Gets a value indicating whether the present token is one of the language.</summary>
    internal readonly bool IsKeyword
    {
        get
        {
            foreach (string keyword in Keywords)
            {
                if (Is(keyword))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Moves to the next token.</summary>
    internal void Advance()
    {
        SkipBlanks();
        Position = _next;
        if (_next == rule.Length)
        {
            Token = End;
            return;
        }

        _next++;
        if (!Delimiters.Contains(rule[Position], StringComparison.Ordinal))
        {
            while (_next < rule.Length && !char.IsWhiteSpace(rule[_next]) && !Delimiters.Contains(rule[_next], StringComparison.Ordinal))
            {
                _next++;
            }
        }

        Token = rule.AsSpan(Position.._next);
    }

    internal readonly bool Is(string text) => Token.SequenceEqual(text) && (text != End || Position == rule.Length);

    /// <summary>Reads a name in double quotes after the present token, with <c>\"</c> for a quote.</summary>
    /// <returns><see langword="null"/> if no quote follows.</returns>
    /// <exception cref="AlarmRuleException">The quote is not closed.</exception>
    internal string? QuotedName()
    {
        SkipBlanks();
        if (_next == rule.Length || rule[_next] != '"')
        {
            return null;
        }

        Position = _next++;
        StringBuilder name = new();
        while (_next < rule.Length && rule[_next] != '"')
        {
            bool isEscape = rule[_next] == '\\' && _next + 1 < rule.Length && rule[_next + 1] is '"' or '\\';
            _next += isEscape ? 1 : 0;
            _ = name.Append(rule[_next++]);
        }

        if (_next == rule.Length)
        {
            throw new AlarmRuleException($"Unclosed quote at char {Position}", Position);
        }

        _next++;
        return name.ToString();
    }

    private void SkipBlanks()
    {
        while (_next < rule.Length && char.IsWhiteSpace(rule[_next]))
        {
            _next++;
        }
    }
}
