using System.Net;

namespace Storefront.Traffic;

/// <summary>Counts the staff's actions by the answers they got, for comparison with the audit trail.</summary>
internal sealed class StaffActions
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, ActionCount> _counts = new(StringComparer.Ordinal);

    public void Answered(string action, HttpStatusCode? status)
    {
        lock (_lock)
        {
            ActionCount count = _counts.GetValueOrDefault(action);
            _counts[action] = status switch
            {
                null => count with { Unanswered = count.Unanswered + 1 },
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => count with { Refused = count.Refused + 1 },
                >= HttpStatusCode.BadRequest => count with { Failed = count.Failed + 1 },
                _ => count with { Performed = count.Performed + 1 },
            };
        }
    }

    public IReadOnlyDictionary<string, ActionCount> Take()
    {
        lock (_lock)
        {
            return new SortedDictionary<string, ActionCount>(_counts, StringComparer.Ordinal);
        }
    }
}
