using System.Buffers;
using System.Text;
using CloudObserve.Logs;
using CloudObserve.Logs.Redaction;

namespace CloudObserve.Hosting;

/// <summary>Makes words of errors fit to be shown to whoever may see the status: what a service answers may quote more than that.</summary>
/// <remarks>
/// A service that refuses a signature quotes the request's headers, security token included, in further lines; only the first one is shown. What
/// looks like a credential in it is taken out by the rules for log events, which apply here also when log events are not redacted.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class StatusText(RedactionOptions redaction)
{
    internal const int MaxLength = 500;

    private readonly Lock _gate = new();

    // Guarded by the gate.
    private readonly Redactor _redactor = new(redaction.Enabled ? redaction : new RedactionOptions());
    private readonly ArrayBufferWriter<byte> _redacted = new();

    internal string Clean(string text)
    {
        string line = FirstLine(text);
        lock (_gate)
        {
            _redacted.ResetWrittenCount();
            line = _redactor.TryRedact(Encoding.UTF8.GetBytes(line), _redacted) ? Encoding.UTF8.GetString(_redacted.WrittenSpan) : line;
        }

        // After the redaction: a credential that was cut would not look like one.
        return line.Length <= MaxLength ? line : string.Concat(line.AsSpan(0, MaxLength - 1), "…");
    }

    private static string FirstLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
