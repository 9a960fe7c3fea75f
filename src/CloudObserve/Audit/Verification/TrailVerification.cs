using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;
using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Verification;

/// <summary>Runs a verification in stages; the results of each stage determine the work of the next.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TrailVerification(string directory, AuditVerificationOptions options)
{
    private readonly TrailDirectory _trail = new(directory);
    private readonly Findings _findings = new();
    private readonly Dictionary<long, RecordHash?> _hashesToFind = [];
    private readonly TrailStatements _statements = new();
    private KeptDigest? _kept;

    internal async Task<AuditVerification> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using JournalSnapshot journal = new(_trail.Layout);
            await SeekAsync(journal, cancellationToken).ConfigureAwait(false);
            TrailSurvey survey = _trail.Survey();
            DigestStage digests = await VerifyDigestsAsync(survey, cancellationToken).ConfigureAwait(false);
            LogFileStage logFiles = new(survey, digests, _statements, options, _findings);
            await logFiles.RunAsync(_hashesToFind, (options.TimeProvider ?? TimeProvider.System).GetUtcNow(), cancellationToken)
                .ConfigureAwait(false);
            return await FinishAsync(journal, digests, logFiles, survey.Files.Count > 0, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Trail, ".", $"It cannot be read: {exception.Message}");
            return Report(new AuditVerification { Intact = default, Complete = default, Findings = [], Remarks = [] }, isKnown: false);
        }
    }

    private static IEnumerable<string> Few(IReadOnlyList<string> names) => names.Order(StringComparer.Ordinal).Take(10);

    // The sealed records to compare later: the head's record, and the last record of each journal file, which may be sealed by then.
    private async Task SeekAsync(JournalSnapshot journal, CancellationToken cancellationToken)
    {
        if (options.To is not null)
        {
            return;
        }

        JournalVerification scan = new(journal, new Findings(), default);
        await scan.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (RecordSpan span in scan.Spans)
        {
            _hashesToFind[span.Last] = null;
        }

        journal.Settle(journal.Former is { } former ? scan.HashOf(former.Newest.Sequence) : null, _trail.Layout);
        if (journal.Head is { } head)
        {
            _hashesToFind[head.Newest.Sequence] = null;
        }
    }

    private async Task<DigestStage> VerifyDigestsAsync(TrailSurvey survey, CancellationToken cancellationToken)
    {
        ReportForeign(survey);
        using TrailKeys keys = new() { AreKept = options.PublicKeyFile is not null };
        string file = options.PublicKeyFile ?? _trail.Layout.PublicKeyFile;
        string? noKey = keys.TryLoad(file);
        DigestStage digests = new(survey, _trail.Layout, options, _findings);
        await digests.RunAsync(keys, cancellationToken).ConfigureAwait(false);
        if (options.SinceDigestFile is { } kept
            && (_kept = await KeptDigest.ReadAsync(kept, keys, _findings, cancellationToken).ConfigureAwait(false)) is not null)
        {
            digests.Add(_kept);
        }

        if (noKey is not null && digests.Count > 0)
        {
            string place = options.PublicKeyFile ?? _trail.Layout.KeyOf(file);
            _findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Key, place,
                $"Without the public key no signature can be verified: {noKey}");
        }

        return digests;
    }

    private void ReportForeign(TrailSurvey survey)
    {
        foreach (string name in survey.Foreign.Where(static name => name.EndsWith(".json.gz", StringComparison.Ordinal)))
        {
            _findings.Add(AuditFindingKind.Added, AuditFindingSubject.LogFile, name,
                $"It lies among the trail's files, but its name is not one that the trail gives.");
        }

        string[] others = [.. survey.Foreign.Where(static name => !name.EndsWith(".json.gz", StringComparison.Ordinal))];
        if (others.Length > 0)
        {
            _findings.Remark(
                $"{Counted.Of(others.Length, "file")} among the trail's {Counted.Form(others.Length, "is", "are")} not of the trail, such as {string.Join(", ", Few(others))}.");
        }
    }

    private async Task<AuditVerification> FinishAsync(
        JournalSnapshot journal, DigestStage digests, LogFileStage logFiles, bool hasFiles, CancellationToken cancellationToken)
    {
        // In a copy with several chains, the journal continues the one with the highest record number.
        SpanChain chain = logFiles.Chains.OrderByDescending(static chain => chain.Whole.Last).FirstOrDefault()
            ?? new SpanChain(_findings, options.From is null);
        JournalStage last = new(journal, _trail.Layout, digests.Named!, _statements, hasFiles, _findings);
        if (options.To is null)
        {
            await last.RunAsync(chain, _hashesToFind, cancellationToken).ConfigureAwait(false);
        }

        Judge(digests, chain);
        long undigested = logFiles.Undigested + last.Records;
        RemarkUndigested(undigested);
        bool isKnown = digests.Count > 0 || chain.Any;
        if (!isKnown)
        {
            _findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Trail, ".",
                $"There is no digest here and no record of a chain: nothing that could be verified.");
        }

        SpanChain[] chains = [.. logFiles.Chains.Append(chain).Where(static chain => chain.Any)];
        return Report(
            new AuditVerification
            {
                Intact = default,
                Complete = default,
                Findings = [],
                Remarks = [],
                Digests = digests.Verified,
                LogFiles = logFiles.Files,
                Records = logFiles.Records + last.Records,
                UndigestedRecords = undigested,
                FirstSequence = chains.Length == 0 ? null : chains.Min(static chain => chain.Whole.First),
                LastSequence = chains.Length == 0 ? null : chains.Max(static chain => chain.Whole.Last),
                DigestedFrom = digests.From,
                DigestedUntil = digests.Until,
            },
            isKnown);
    }

    private void RemarkUndigested(long undigested)
    {
        if (undigested > 0)
        {
            _findings.Remark(
                $"No digest vouches for {Counted.Of(undigested, "record")} yet; the hash chain from record to record and the journal's head hold {Counted.Form(undigested, "it", "them")}.");
        }
    }

    private void Judge(DigestStage digests, SpanChain chain)
    {
        bool isKept = options.PublicKeyFile is not null || _kept is not null;
        _statements.Report(_findings, isKept);
        _kept?.Check(digests.Of(_kept.Series), _statements.RemovedUntil, _findings);
        if (options.From is null && options.To is null)
        {
            new TrailBeginning(digests, _statements, isKept, _findings).Check(chain.Any ? chain.Whole.First : null);
        }
    }

    private AuditVerification Report(AuditVerification counts, bool isKnown) => counts with
    {
        Intact = _findings.Intact,
        Complete = _findings.AnyMissing ? AuditAnswer.No : isKnown ? AuditAnswer.Yes : AuditAnswer.Unknown,
        Findings = _findings.Kept,
        FurtherFindings = _findings.Further,
        Remarks = _findings.Remarks,
    };
}
