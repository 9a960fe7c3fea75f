using System.Buffers;

namespace CloudObserve.Audit.Records;

/// <summary>Takes secrets out of what callers put into records. The audit trail does not know whose rules these are; the host's composition does.</summary>
/// <threadsafety>Not safe for concurrent use: whoever encodes has one of its own.</threadsafety>
internal interface IRecordRedactor
{
    /// <summary>Writes the redacted text, if there is anything to redact. JSON stays JSON.</summary>
    /// <returns><see langword="false"/> and nothing written when nothing was found.</returns>
    bool TryRedact(ReadOnlySpan<byte> text, IBufferWriter<byte> output);
}
