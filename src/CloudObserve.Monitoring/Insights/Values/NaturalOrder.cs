namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Orders values as the command <c>sort</c> does.</summary>
/// <remarks>
/// Texts come before numbers. A text of digits alone is a number. Texts are compared in chunks: digits by their count and then by
/// value, other characters by their code points. A missing value, a map and a list are the empty text.
/// </remarks>
internal sealed class NaturalOrder : IComparer<LogValue>
{
    internal static readonly NaturalOrder Instance = new();

    private NaturalOrder()
    {
    }

    public int Compare(LogValue x, LogValue y)
    {
        bool isNumber = TryGetNumber(x, out double left);
        if (isNumber != TryGetNumber(y, out double right))
        {
            return isNumber ? 1 : -1;
        }

        int order = isNumber ? left.CompareTo(right) : CompareChunks(TextOf(x), TextOf(y));
        return order != 0 ? order
            : x.Kind == LogValueKind.Text && y.Kind == LogValueKind.Text ? x.Utf8.SequenceCompareTo(y.Utf8)
            : 0;
    }

    private static bool TryGetNumber(in LogValue value, out double number)
    {
        number = 0;
        return value.Kind is LogValueKind.Boolean or LogValueKind.Number or LogValueKind.Time
            ? value.TryGetNumber(out number)
            : value.Kind == LogValueKind.Text && value.Utf8.Length > 0 && !value.Utf8.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                && value.TryGetNumber(out number);
    }

    private static ReadOnlySpan<byte> TextOf(in LogValue value) => value.Kind == LogValueKind.Text ? value.Utf8 : default;

    private static int CompareChunks(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            int leftLength = ChunkLength(left, out bool leftDigits);
            int rightLength = ChunkLength(right, out bool rightDigits);
            int order = leftDigits && rightDigits && leftLength != rightLength
                ? leftLength.CompareTo(rightLength)
                : left[..leftLength].SequenceCompareTo(right[..rightLength]);
            if (order != 0)
            {
                return order;
            }

            left = left[leftLength..];
            right = right[rightLength..];
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int ChunkLength(ReadOnlySpan<byte> text, out bool isDigits)
    {
        isDigits = text[0] is >= (byte)'0' and <= (byte)'9';
        int end = isDigits
            ? text.IndexOfAnyExceptInRange((byte)'0', (byte)'9')
            : text.IndexOfAnyInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
