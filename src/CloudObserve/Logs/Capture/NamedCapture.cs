using System.Collections;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures values with their names.</summary>
internal static class NamedCapture
{
    /// <summary>The name of the marker in place of a value that a sequence failed to return.</summary>
    internal const string FailedName = "(failed)";

    private const int PairsPerLook = 16;

    /// <summary>Writes a name and a value.</summary>
    /// <remarks>The template is omitted, because it is not a value.</remarks>
    /// <returns>The number of values written: 1 or 0.</returns>
    internal static int Write(RecordWriter writer, string name, object? value)
    {
        if (name == StateCapture.OriginalFormat)
        {
            return 0;
        }

        writer.WriteName(name);
        ValueCapture.Write(writer, value, null);
        return 1;
    }

    /// <summary>Writes the marker of a sequence that threw.</summary>
    /// <returns>The number of values written: 1.</returns>
    internal static int WriteFailed(RecordWriter writer, Exception exception)
    {
        writer.WriteName(FailedName);
        ValueCapture.WriteFailed(writer, exception);
        return 1;
    }

    /// <summary>Returns whether enumeration must stop, because the record is full or enumeration takes too long.</summary>
    internal static bool MustStop(RecordWriter writer, int seen)
    {
        bool stop = writer.IsFull || (seen % PairsPerLook == PairsPerLook - 1 && writer.IsLate());
        writer.Header.Truncated |= stop;
        return stop;
    }

    /// <summary>Writes all pairs and finds the template among them.</summary>
    /// <returns>The number of values written.</returns>
    internal static int WriteAll<T>(RecordWriter writer, IEnumerable<KeyValuePair<string, T>> pairs, out string? template)
    {
        template = null;
        int written = 0, seen = 0, end = writer.Position;
        try
        {
            // The only common type whose enumerator does not allocate when it is enumerated by its own type.
            if (pairs is Dictionary<string, T> dictionary)
            {
                foreach (KeyValuePair<string, T> pair in dictionary)
                {
                    if (MustStop(writer, seen++))
                    {
                        break;
                    }

                    written += Write(writer, pair.Key, pair.Value, ref template);
                    end = writer.Position;
                }

                return written;
            }

            foreach (KeyValuePair<string, T> pair in pairs)
            {
                if (MustStop(writer, seen++))
                {
                    break;
                }

                written += Write(writer, pair.Key, pair.Value, ref template);
                end = writer.Position;
            }
        }
        catch (Exception exception)
        {
            // Any exception, from the application's own enumerator. The pairs before it are kept.
            writer.CutTo(end);
            written += WriteFailed(writer, exception);
        }

        return written;
    }

    /// <summary>Writes all items of a sequence that are pairs of name and value.</summary>
    /// <returns>The number of values written.</returns>
    internal static int WriteAll(RecordWriter writer, IEnumerable pairs, out string? template)
    {
        template = null;
        int written = 0;
        int seen = 0;
        int end = writer.Position;
        try
        {
            // A dictionary is enumerated by its entries, because its pairs could be read only with knowledge of their types.
            IEnumerator items = pairs is IDictionary dictionary ? dictionary.GetEnumerator() : pairs.GetEnumerator();
            while (items.MoveNext() && !MustStop(writer, seen++))
            {
                if (NamedShapes.TryRead(items.Current, out string? name, out object? value))
                {
                    written += Write(writer, name, value, ref template);
                }

                end = writer.Position;
            }

            (items as IDisposable)?.Dispose();
        }
        catch (Exception exception)
        {
            // Any exception, from the application's own enumerator or pair. The pairs before it are kept.
            writer.CutTo(end);
            written += WriteFailed(writer, exception);
        }

        return written;
    }

    private static int Write(RecordWriter writer, string? name, object? value, ref string? template)
    {
        template = name == StateCapture.OriginalFormat ? value as string : template;
        return Write(writer, name ?? "", value);
    }
}
