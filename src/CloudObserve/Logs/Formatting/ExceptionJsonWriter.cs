using CloudObserve.LogEvents.Text;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes exceptions as JSON objects.</summary>
/// <remarks>
/// The members are <c>type</c>, <c>message</c>, <c>stack</c>, <c>text</c>, <c>data</c>, the cause as <c>inner</c>, and further causes of an
/// aggregate as <c>others</c>.
/// </remarks>
internal static class ExceptionJsonWriter
{
    internal static void Append(Utf8Buffer output, LogExceptionInfo exception, MembersJsonWriter members)
    {
        output.Append((byte)'{');
        bool first = true;
        AppendMember(output, "\"type\":"u8, exception.Type, ref first);
        if (exception.Type.Length > 0)
        {
            AppendMember(output, "\"message\":"u8, exception.Message, ref first, evenIfEmpty: true);
        }

        AppendMember(output, "\"stack\":"u8, exception.StackTrace, ref first);
        AppendMember(output, "\"text\":"u8, exception.Text, ref first);
        if (exception.Data.Count > 0)
        {
            output.Append(first ? "\"data\":{"u8 : ",\"data\":{"u8);
            members.AppendValues(output, exception.Data);
            output.Append((byte)'}');
        }

        AppendInner(output, exception.Inner, members);
        output.Append((byte)'}');
    }

    private static void AppendMember(
        Utf8Buffer output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, ref bool first, bool evenIfEmpty = false)
    {
        if (text.Length > 0 || evenIfEmpty)
        {
            output.Append(first ? ""u8 : ","u8);
            output.Append(name);
            JsonEscaper.AppendQuoted(output, text);
            first = false;
        }
    }

    private static void AppendInner(Utf8Buffer output, LogExceptions exceptions, MembersJsonWriter members)
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
            Append(output, inner, members);
            index++;
        }

        if (index > 1)
        {
            output.Append((byte)']');
        }
    }
}
