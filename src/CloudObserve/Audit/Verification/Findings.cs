using System.Globalization;

namespace CloudObserve.Audit.Verification;

/// <summary>Collects findings and derives the result from them.</summary>
/// <remarks>Their number is limited, so that a completely broken trail does not fill the memory.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class Findings
{
    private const int MaxKept = 1000;

    private readonly List<AuditFinding> _kept = [];
    private readonly long[] _counts = new long[Enum.GetValues<AuditFindingKind>().Length];
    private readonly List<string> _remarks = [];

    internal IReadOnlyList<AuditFinding> Kept => _kept;

    internal IReadOnlyList<string> Remarks => _remarks;

    internal long Further { get; private set; }

    internal AuditAnswer Intact =>
        Count(AuditFindingKind.Changed) + Count(AuditFindingKind.Removed) + Count(AuditFindingKind.Added)
        + Count(AuditFindingKind.Reordered) > 0 ? AuditAnswer.No
        : Count(AuditFindingKind.Unverifiable) > 0 ? AuditAnswer.Unknown
        : AuditAnswer.Yes;

    internal bool AnyMissing => Count(AuditFindingKind.Missing) > 0;

    internal void Add(
        AuditFindingKind kind, AuditFindingSubject subject, string place, FormattableString message, long? sequence = null, long? offset =
            null)
    {
        _counts[(int)kind]++;
        if (_kept.Count == MaxKept)
        {
            Further++;
            return;
        }

        _kept.Add(new AuditFinding(kind, subject, place, message.ToString(CultureInfo.InvariantCulture), sequence, offset));
    }

    internal void Remark(FormattableString text)
    {
        if (_remarks.Count < MaxKept)
        {
            _remarks.Add(text.ToString(CultureInfo.InvariantCulture));
        }
    }

    private long Count(AuditFindingKind kind) => _counts[(int)kind];
}
