using System.Buffers;

namespace CloudObserve.Audit.Records;

/// <summary>Redacts the data that callers add to records.</summary>
/// <remarks>The host's composition provides the rules.</remarks>
/// <threadsafety>Not safe for concurrent use; each encoder has its own.</threadsafety>
internal interface IRecordRedactor
{
    /// <summary>Writes the redacted text if there is something to redact.</summary>
    /// <remarks>JSON stays valid JSON.</remarks>
    /// <returns><see langword="false"/> if nothing was found and nothing was written.</returns>
    bool TryRedact(ReadOnlySpan<byte> text, IBufferWriter<byte> output);
}
