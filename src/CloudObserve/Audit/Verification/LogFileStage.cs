using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Verifies the sealed files and joins their records into chains.</summary>
/// <remarks>There is one chain, unless the directory is a copy of several processes' trails.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogFileStage(
    TrailSurvey survey, DigestStage digests, TrailStatements statements, AuditVerificationOptions options, Findings findings)
{
    // CloudTrail writes a digest every hour, and the library's digest interval is not longer. Twice this interval is overdue.
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(2);

    private readonly List<LogFileResult> _results = [];
    private readonly Dictionary<string, SpanChain> _chains = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<SpanChain> Chains => _chains.Values;

    internal long Files => _results.Count;

    internal long Records => _results.Sum(static result => result.Records);

    internal long Undigested => _results.Where(static result => !result.IsDigested).Sum(static result => result.Records);

    internal async Task RunAsync(Dictionary<long, RecordHash?> hashesToFind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        LogFileCheck check = new(findings, hashesToFind, digests.Named!, statements);
        foreach (TrailPath file in survey.Of(TrailFileKind.Log).Where(IsWanted).OrderBy(static file => file.Time)
            .ThenBy(static file => file.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isListed = digests.Listed.TryGetValue(file.Key, out (string Hash, string Series) listed);
            if (await check.CheckAsync(file, isListed ? listed.Hash : null, cancellationToken).ConfigureAwait(false) is { } result)
            {
                _results.Add(result);
            }
        }

        HashSet<string> chained = [.. _results.Where(static result => result.Span is not null).Select(static result => result.File.Series)];
        JudgeUnlisted(chained, now);
        Join(chained);
    }

    private void JudgeUnlisted(HashSet<string> chained, DateTimeOffset now)
    {
        foreach (LogFileResult result in _results.Where(static result => !result.IsDigested))
        {
            TrailPath file = result.File;
            if (digests.JudgeUnlisted(file, chained.Contains(file.Series)) && result.Span is not null && now - file.Time > Overdue)
            {
                findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Digest, file.Key,
                    $"No digest vouches for this file, and one is overdue.");
            }
        }
    }

    private bool IsWanted(TrailPath file) =>
        digests.Listed.ContainsKey(file.Key) || !(file.Time <= options.From || file.Time >= options.To);

    private void Join(HashSet<string> chained)
    {
        foreach (LogFileResult foreign in _results.Where(
            result => result.Span is null && !result.IsDigested && result.Records > 0 && chained.Contains(result.File.Series)))
        {
            findings.Add(AuditFindingKind.Added, AuditFindingSubject.LogFile, foreign.File.Key,
                $"Its records are not of the chain, as those of the other files are.");
        }

        foreach (IGrouping<string, LogFileResult> chain in _results.Where(static result => result.Span is not null)
            .GroupBy(ChainOf, StringComparer.Ordinal))
        {
            SpanChain joined = new(findings, options.From is null);
            joined.AddSealed(chain.Select(static result => result.Span!.Value));
            _chains.Add(chain.Key, joined);
        }
    }

    // A file that no digest lists yet belongs to the chain of its account and region, if there is exactly one.
    private string ChainOf(LogFileResult result)
    {
        if (digests.Listed.TryGetValue(result.File.Key, out (string Hash, string Series) listed))
        {
            return listed.Series;
        }

        string[] series = [.. digests.SeriesOf(result.File.Series).Take(2)];
        return series.Length == 1 ? series[0] : result.File.Series;
    }
}
