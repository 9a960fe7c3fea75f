using System.Buffers;
using CloudObserve.Audit.Records;
using CloudObserve.Logs.Redaction;

namespace CloudObserve.Hosting;

/// <summary>Redacts records by the rules for log events. The two signals do not know each other; the host that has both does.</summary>
internal sealed class AuditRedactor(Redactor redactor) : IRecordRedactor
{
    public bool TryRedact(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => redactor.TryRedact(text, output);
}
