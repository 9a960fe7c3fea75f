using System.Collections;
using System.Globalization;
using System.Text;
using CloudObserve.Contracts;

namespace CloudObserve.Metrics.Meters;

/// <summary>Writes tag values of any type as text. The text is sent and distinguishes tag sets.</summary>
internal static class TagText
{
    /// <summary>The text sent for a value whose own formatting code threw an exception.</summary>
    internal const string Unreadable = "(unreadable)";

    /// <summary>The buffer size, in characters, that is enough for the text of most values other than strings.</summary>
    internal const int ShortLength = 64;

    // One character more than CloudWatch accepts, so that a longer text can be told from one that just fits. Enumerating a value of
    // unlimited length stops here.
    private const int MaxLength = ServiceLimits.PutMetricData.MaxDimensionValueLength + 1;

    private const int MaxDepth = 4;

    /// <summary>Computes the hash of the text of a value that is not a string, in most cases without an allocation.</summary>
    internal static int HashOf(object value)
    {
        Span<char> buffer = stackalloc char[ShortLength];
        return TryWriteShort(value, buffer, out int length)
            ? string.GetHashCode(buffer[..length]) : string.GetHashCode(Write(value, out _));
    }

    /// <summary>Determines whether a value that is not a string has the given text, in most cases without an allocation.</summary>
    internal static bool Matches(object value, string text)
    {
        Span<char> buffer = stackalloc char[ShortLength];
        return TryWriteShort(value, buffer, out int length) ? buffer[..length].SequenceEqual(text) : Write(value, out _) == text;
    }

    /// <summary>Writes a value as text. Never throws.</summary>
    /// <param name="value">The value. Its own formatting code is called.</param>
    /// <param name="isUnreadable">Whether that code threw an exception.</param>
    internal static string Write(object? value, out bool isUnreadable)
    {
        isUnreadable = false;
        if (value is string text)
        {
            return text;
        }

        Span<char> buffer = stackalloc char[ShortLength];
        if (value is not null && TryWriteShort(value, buffer, out int length))
        {
            return new string(buffer[..length]);
        }

        try
        {
            StringBuilder written = new();
            Append(written, value, depth: 0);
            return written.ToString();
        }
        catch (Exception)
        {
            // The application's own code threw inside its own measurement. The caller that binds the tags reports it.
            isUnreadable = true;
            return Unreadable;
        }
    }

    private static bool TryWriteShort(object value, Span<char> target, out int length)
    {
        length = 0;
        try
        {
            switch (value)
            {
                case bool truth:
                    return (truth ? "true" : "false").AsSpan().TryCopyTo(target[..(length = truth ? 4 : 5)]);
                case string[] items:
                    return TryJoin(items, target, out length);
                case ISpanFormattable formattable:
                    return formattable.TryFormat(target, out length, default, CultureInfo.InvariantCulture);
                default:
                    return false;
            }
        }
        catch (Exception)
        {
            // The caller then asks for the whole text, and reports the failure there.
            return false;
        }
    }

    private static bool TryJoin(string[] items, Span<char> target, out int length)
    {
        length = 0;
        for (int i = 0; i < items.Length; i++)
        {
            string item = items[i] ?? "";
            int separator = i == 0 ? 0 : 1;
            if (length + separator + item.Length > target.Length)
            {
                return false;
            }

            if (separator == 1)
            {
                target[length++] = ',';
            }

            item.CopyTo(target[length..]);
            length += item.Length;
        }

        return true;
    }

    private static void Append(StringBuilder target, object? value, int depth)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                AppendText(target, text);
                break;
            case bool truth:
                AppendText(target, truth ? "true" : "false");
                break;
            case IFormattable formattable:
                AppendText(target, formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable items when depth < MaxDepth:
                AppendItems(target, items, depth);
                break;
            default:
                AppendText(target, depth < MaxDepth ? value.ToString() : value.GetType().Name);
                break;
        }
    }

    private static void AppendItems(StringBuilder target, IEnumerable items, int depth)
    {
        bool isFirst = true;
        foreach (object? item in items)
        {
            if (!isFirst)
            {
                _ = target.Append(',');
            }

            isFirst = false;
            Append(target, item, depth + 1);
            if (target.Length >= MaxLength)
            {
                return;
            }
        }
    }

    private static void AppendText(StringBuilder target, string? text) =>
        target.Append(text.AsSpan(0, Math.Min(text?.Length ?? 0, MaxLength - target.Length)));
}
