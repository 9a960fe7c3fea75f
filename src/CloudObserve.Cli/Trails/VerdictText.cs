using System.Globalization;
using CloudObserve.Audit;
using CloudObserve.Diagnostics;

namespace CloudObserve.Cli.Trails;

/// <summary>Writes the result of a verification as text.</summary>
internal static class VerdictText
{
    internal static void Write(TextWriter output, AuditVerification verdict)
    {
        output.WriteLine($"intact:   {Answer(verdict.Intact)}");
        output.WriteLine($"complete: {Answer(verdict.Complete)}");
        output.WriteLine(
            Invariant($"read:     {Counted.Of(verdict.Records, "record")}{Range(verdict)}, {Counted.Of(verdict.LogFiles, "sealed file")}; {Counted.Of(verdict.Digests, "digest")} verified{Period(verdict)}"));
        WriteFindings(output, "not intact:", verdict.Findings.Where(static finding => finding.Kind < AuditFindingKind.Missing));
        WriteFindings(output, "not complete:", verdict.Findings.Where(static finding => finding.Kind == AuditFindingKind.Missing));
        WriteFindings(output, "cannot be told:", verdict.Findings.Where(static finding => finding.Kind == AuditFindingKind.Unverifiable));
        if (verdict.FurtherFindings > 0)
        {
            output.WriteLine(Invariant($"and {verdict.FurtherFindings} more"));
        }

        WriteRemarks(output, verdict.Remarks);
    }

    private static string Answer(AuditAnswer answer) => answer switch
    {
        AuditAnswer.Yes => "yes",
        AuditAnswer.No => "no",
        _ => "cannot tell",
    };

    private static string Range(AuditVerification verdict) =>
        verdict.FirstSequence is long first ? Invariant($" ({first} to {verdict.LastSequence})") : "";

    private static string Period(AuditVerification verdict) => verdict.DigestedFrom is DateTimeOffset from
        ? Invariant($", {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} to {verdict.DigestedUntil?.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")
        : "";

    private static void WriteFindings(TextWriter output, string title, IEnumerable<AuditFinding> findings)
    {
        foreach (AuditFinding finding in findings)
        {
            if (title.Length > 0)
            {
                output.WriteLine();
                output.WriteLine(title);
                title = string.Empty;
            }

            output.WriteLine($"  {Kind(finding.Kind)} {Printable.Of(finding.Place)}{Where(finding)}");
            output.WriteLine($"    {Printable.Of(finding.Message)}");
        }
    }

    private static void WriteRemarks(TextWriter output, IReadOnlyList<string> remarks)
    {
        foreach (string remark in remarks)
        {
            output.WriteLine();
            output.WriteLine($"note: {Printable.Of(remark)}");
        }
    }

    private static string Kind(AuditFindingKind kind) => kind.ToString().ToLowerInvariant();

    private static string Where(AuditFinding finding) =>
        (finding.Sequence is long sequence ? Invariant($", record {sequence}") : "")
        + (finding.Offset is long offset ? Invariant($", byte {offset}") : "");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
