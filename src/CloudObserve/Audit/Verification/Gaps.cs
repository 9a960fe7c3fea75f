namespace CloudObserve.Audit.Verification;

/// <summary>Reports missing records in a uniform way.</summary>
internal static class Gaps
{
    /// <summary>Reports a gap.</summary>
    /// <param name="findings">Receives the finding.</param>
    /// <param name="kind">Whether the records were removed or are missing.</param>
    /// <param name="before">The file with the record before the gap.</param>
    /// <param name="place">The file with the record after the gap.</param>
    /// <param name="first">The number of the first missing record.</param>
    /// <param name="last">The number of the last missing record.</param>
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
