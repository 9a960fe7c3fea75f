namespace CloudObserve.Logs.Capture;

/// <summary>Captures values that bring their names along.</summary>
internal static class NamedCapture
{
    /// <summary>Writes name and value; the template, which is no value, is left out.</summary>
    /// <returns>How many were written: 1 or 0.</returns>
    internal static int Write(RecordWriter writer, KeyValuePair<string, object?> pair)
    {
        if (pair.Key == StateCapture.OriginalFormat)
        {
            return 0;
        }

        writer.WriteName(pair.Key);
        ValueCapture.Write(writer, pair.Value, null);
        return 1;
    }

    /// <summary>Writes all pairs and finds the template among them.</summary>
    internal static int WriteAll(RecordWriter writer, IEnumerable<KeyValuePair<string, object?>> pairs, out string? template)
    {
        template = null;
        int written = 0;

        // The one common type whose enumerator costs nothing when it is asked for by its own name.
        if (pairs is Dictionary<string, object?> dictionary)
        {
            foreach (KeyValuePair<string, object?> pair in dictionary)
            {
                template = pair.Key == StateCapture.OriginalFormat ? pair.Value as string : template;
                written += Write(writer, pair);
            }

            return written;
        }

        foreach (KeyValuePair<string, object?> pair in pairs)
        {
            template = pair.Key == StateCapture.OriginalFormat ? pair.Value as string : template;
            written += Write(writer, pair);
        }

        return written;
    }
}
