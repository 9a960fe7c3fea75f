namespace CloudObserve.Audit.Verification;

/// <summary>Says in one way that records are not there.</summary>
internal static class Gaps
{
    /// <summary>Reports a gap.</summary>
    /// <param name="findings">Takes it.</param>
    /// <param name="kind">Whether they were removed, or are missing.</param>
    /// <param name="before">The file with the record before the gap.</param>
    /// <param name="place">The file with the record behind it.</param>
    /// <param name="first">The first that is not there.</param>
    /// <param name="last">The last that is not there.</param>
    internal static void Report(Findings findings, AuditFindingKind kind, string before, string place, long first, long last)
    {
        string where = before == place ? string.Empty : $" between {before} and this file";
        if (first == last)
        {
            findings.Add(kind, AuditFindingSubject.Record, place, $"Record {first} is not here{where}.", first);
            return;
        }

        findings.Add(kind, AuditFindingSubject.Record, place, $"Records {first} to {last} are not here{where}.", first);
    }
}
