using System.Text;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Compares a value with a text that may have a wildcard at either end.</summary>
internal sealed class WildcardTest(bool equal, TextOperand operand) : TextTest(equal)
{
    private readonly byte[] _core = Encoding.UTF8.GetBytes(operand.Core);
    private readonly bool _openAtStart = operand.IsOpenAtStart;
    private readonly bool _openAtEnd = operand.IsOpenAtEnd;

    protected override bool Matches(ReadOnlySpan<byte> text)
    {
        WorkMeter.Add(text.Length);
        return (_openAtStart, _openAtEnd) switch
        {
            (false, false) => text.SequenceEqual(_core),
            (false, true) => text.StartsWith(_core),
            (true, false) => text.EndsWith(_core),
            _ => text.IndexOf(_core) >= 0,
        };
    }
}
