using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures what a buffered record kept of its call.</summary>
internal static class BufferedCapture
{
    internal static void Write(RecordWriter writer, BufferedLogRecord record)
    {
        string? template = WriteAttributes(writer, record);

        // A record that kept no message shows its template, which is the most it can say for itself.
        template = ApplicationCode.Text(writer, record, static r => r.MessageTemplate) ?? template;
        writer.Header.Template = writer.Refer(template, template is null ? null : writer.Texts.Intern(template));
        writer.Enter(RecordStage.Message);
        writer.Header.MessageOffset = writer.Position;
        writer.WriteText(ApplicationCode.Text(writer, record, static r => r.FormattedMessage) ?? template);
        writer.Enter(RecordStage.Exception);
        if (ApplicationCode.Text(writer, record, static r => r.Exception) is { Length: > 0 } exception)
        {
            ExceptionCapture.Write(writer, exception);
        }
    }

    private static string? WriteAttributes(RecordWriter writer, BufferedLogRecord record)
    {
        string? template = null;
        int start = writer.BeginValues(0);
        int count;
        try
        {
            count = NamedCapture.WriteAll(writer, record.Attributes, out template);
        }
        catch (Exception exception)
        {
            // Any exception: the record is the application's.
            count = NamedCapture.WriteFailed(writer, exception);
        }

        writer.Header.ValuesOffset = start;
        writer.EndValues(start, count);
        return template;
    }
}
