using System.Buffers;
using System.Text;
using CloudObserve.Logs;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Makes error texts safe to show in the status, because an answer of a service may quote confidential values.</summary>
/// <remarks>
/// A service that rejects a signature quotes the request's headers, including the security token, on further lines; so only the first line
/// is shown. The redaction rules for log events remove credentials from it, even when redaction is switched off for log events.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class StatusText(RedactionOptions redaction)
{
    internal const int MaxLength = 500;

    private readonly Lock _lock = new();

    // Guarded by the lock.
    private readonly Redactor _redactor = new(redaction.Enabled ? redaction : new RedactionOptions());
    private readonly ArrayBufferWriter<byte> _redacted = new();

    internal string Clean(string text)
    {
        string line = FirstLine(text);
        lock (_lock)
        {
            _redacted.ResetWrittenCount();
            line = _redactor.TryRedact(Encoding.UTF8.GetBytes(line), _redacted) ? Encoding.UTF8.GetString(_redacted.WrittenSpan) : line;
        }

        // Truncated after redaction, because a truncated credential would not be recognized.
        return line.Length <= MaxLength ? line : string.Concat(line.AsSpan(0, MaxLength - 1), "…");
    }

    private static string FirstLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
