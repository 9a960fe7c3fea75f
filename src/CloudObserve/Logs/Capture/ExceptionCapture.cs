namespace CloudObserve.Logs.Capture;

/// <summary>Captures an exception as text, since its properties can change and its objects must not be kept: type, message, stack, then the inner ones.</summary>
internal static class ExceptionCapture
{
    // Bounds what one event can become. Deeper chains come from recursion, and their ends repeat.
    private const int MaxDepth = 16;
    private const int MaxInner = 64;

    internal static void Write(RecordWriter writer, Exception exception)
    {
        writer.Header.ExceptionOffset = writer.Position;
        Write(writer, exception, 1);
    }

    /// <summary>Writes an exception of which only the text is known.</summary>
    internal static void Write(RecordWriter writer, string text)
    {
        writer.Header.ExceptionOffset = writer.Position;
        writer.WriteText("");
        writer.WriteText("");
        writer.WriteText(text);
        writer.Write(0);
    }

    private static void Write(RecordWriter writer, Exception exception, int depth)
    {
        writer.WriteText(exception.GetType().ToString());
        writer.WriteText(exception.Message);
        writer.WriteText(exception.StackTrace);
        int place = writer.Position;
        writer.Write(0);
        int count = 0;
        if (exception is AggregateException aggregate)
        {
            for (int i = 0; i < aggregate.InnerExceptions.Count && count < MaxInner; i++)
            {
                count += WriteInner(writer, aggregate.InnerExceptions[i], depth);
            }
        }
        else if (exception.InnerException is { } inner)
        {
            count = WriteInner(writer, inner, depth);
        }

        writer.Patch(place, count);
    }

    private static int WriteInner(RecordWriter writer, Exception inner, int depth)
    {
        if (depth == MaxDepth || writer.IsFull)
        {
            writer.Header.Truncated = true;
            return 0;
        }

        Write(writer, inner, depth + 1);
        return 1;
    }
}
