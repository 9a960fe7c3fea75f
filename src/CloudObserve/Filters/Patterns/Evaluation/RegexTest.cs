using CloudObserve.Filters.Patterns.Regexes;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Compares with a regular expression.</summary>
internal sealed class RegexTest(bool equal, RegexProgram regex, FilterTyping typing) : TextTest(equal, typing)
{
    protected override bool Matches(ReadOnlySpan<byte> text) => regex.IsMatch(text);
}
