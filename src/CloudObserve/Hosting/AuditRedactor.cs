using System.Buffers;
using CloudObserve.Audit.Records;
using CloudObserve.Logs.Redaction;

namespace CloudObserve.Hosting;

/// <summary>Applies the redaction rules for log events to audit records.</summary>
/// <remarks>Audit and Logs do not reference each other, so this class is in Hosting.</remarks>
internal sealed class AuditRedactor(Redactor redactor) : IRecordRedactor
{
    public bool TryRedact(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => redactor.TryRedact(text, output);
}
