using CloudObserve.Filters.Patterns.Regexes;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Compares a value with a regular expression.</summary>
internal sealed class RegexTest(bool equal, RegexProgram regex) : TextTest(equal)
{
    protected override bool Matches(ReadOnlySpan<byte> text) => regex.IsMatch(text);
}
