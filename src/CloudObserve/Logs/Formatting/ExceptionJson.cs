namespace CloudObserve.Logs.Formatting;

/// <summary>Writes exceptions as JSON objects: <c>type</c>, <c>message</c>, <c>stack</c>, the cause as <c>inner</c>, and further causes of an aggregate as <c>others</c>.</summary>
internal static class ExceptionJson
{
    internal static void Append(Utf8Buffer output, LogExceptionInfo exception)
    {
        output.Append((byte)'{');
        bool first = true;
        AppendMember(output, "\"type\":"u8, exception.Type, ref first);
        if (exception.Type.Length > 0)
        {
            AppendMember(output, "\"message\":"u8, exception.Message, ref first, evenIfEmpty: true);
        }

        AppendMember(output, "\"stack\":"u8, exception.StackTrace, ref first);
        AppendInner(output, exception.Inner);
        output.Append((byte)'}');
    }

    private static void AppendMember(Utf8Buffer output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, ref bool first, bool evenIfEmpty = false)
    {
        if (text.Length > 0 || evenIfEmpty)
        {
            output.Append(first ? ""u8 : ","u8);
            output.Append(name);
            JsonEscaping.AppendQuoted(output, text);
            first = false;
        }
    }

    private static void AppendInner(Utf8Buffer output, LogExceptions exceptions)
    {
        int index = 0;
        foreach (LogExceptionInfo inner in exceptions)
        {
            output.Append(index switch
            {
                0 => ",\"inner\":"u8,
                1 => ",\"others\":["u8,
                _ => ","u8,
            });
            Append(output, inner);
            index++;
        }

        if (index > 1)
        {
            output.Append((byte)']');
        }
    }
}
