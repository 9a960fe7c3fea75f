using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures what a buffered record kept of its call.</summary>
internal static class BufferedCapture
{
    internal static void Write(RecordWriter writer, BufferedLogRecord record)
    {
        writer.Header.ValuesOffset = writer.BeginValues(0);
        writer.EndValues(writer.Header.ValuesOffset, NamedCapture.WriteAll(writer, record.Attributes, out string? template));

        // A record that kept no message shows its template, which is the most it can say for itself.
        template = record.MessageTemplate ?? template;
        writer.Header.Template = writer.Refer(template, template is null ? null : writer.Texts.Intern(template));
        writer.Header.MessageOffset = writer.Position;
        writer.WriteText(record.FormattedMessage ?? template);
        if (record.Exception is { Length: > 0 } exception)
        {
            ExceptionCapture.Write(writer, exception);
        }
    }
}
