using System.Text;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Takes values out of a text between literals.</summary>
/// <remarks>
/// A value ends at the first occurrence of the literal behind it; a value at the end of the pattern takes the rest. If a literal does
/// not occur, the row is passed without the values.
/// </remarks>
internal sealed class ParseGlobStage(RowFunction source, IReadOnlyList<string> literals, int[] slots) : RowStage
{
    private readonly byte[][] _literals = [.. literals.Select(Encoding.UTF8.GetBytes)];
    private readonly (int Start, int Length)[] _found = new (int, int)[slots.Length];

    internal override void Push(LogRow row)
    {
        LogValue text = source(row).AsText();
        bool isMatch = !text.IsMissing && IsMatch(text.Utf8);
        for (int i = 0; i < slots.Length; i++)
        {
            row.Values[slots[i]] = isMatch ? text.Slice(_found[i].Start, _found[i].Length) : LogValue.Missing;
        }

        Next!.Push(row);
    }

    // The first occurrence of each literal is enough: a later one would leave less room for the literals behind it.
    private bool IsMatch(ReadOnlySpan<byte> text)
    {
        int position = text.IndexOf(_literals[0]);
        if (position < 0)
        {
            return false;
        }

        position += _literals[0].Length;
        for (int i = 0; i < slots.Length; i++)
        {
            byte[] literal = _literals[i + 1];
            bool takesRest = i == slots.Length - 1 && literal.Length == 0;
            int length = takesRest ? text.Length - position : text[position..].IndexOf(literal);
            if (length < 0)
            {
                return false;
            }

            _found[i] = (position, length);
            position += length + literal.Length;
        }

        return true;
    }
}
