using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Verifies the digests, and collects the files that they list.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class DigestStage(TrailSurvey survey, TrailLayout layout, AuditVerificationOptions options, Findings findings)
{
    // The library writes a journal and a signature beside every digest. In a copy of a bucket only saved signatures exist.
    private readonly bool _isOwn = Directory.Exists(layout.JournalDirectory);

    private readonly Dictionary<string, (string Hash, string Series)> _listed = new(StringComparer.Ordinal);
    private readonly List<SignedDigest> _digests = [];
    private readonly Dictionary<string, DigestChain> _chains = new(StringComparer.Ordinal);

    /// <summary>Gets the hashes of sealed files by key, with the series of digests that lists them.</summary>
    internal IReadOnlyDictionary<string, (string Hash, string Series)> Listed => _listed;

    /// <summary>Gets the digests as records name them; <see langword="null"/> until they have been read.</summary>
    internal NamedDigests? Named { get; private set; }

    internal long Verified { get; private set; }

    internal int Count => _digests.Count;

    internal DateTimeOffset? From => Count == 0 ? null : _digests.Min(static digest => digest.Content.StartTime);

    internal DateTimeOffset? Until => Count == 0 ? null : _digests.Max(static digest => digest.Content.EndTime);

    internal async Task RunAsync(TrailKeys keys, CancellationToken cancellationToken)
    {
        DigestReader reader = new(survey, _isOwn, findings);
        foreach (TrailPath file in survey.Of(TrailFileKind.Digest).Where(file => !(file.Time <= options.From))
            .OrderBy(static file => file.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await reader.ReadAsync(file, cancellationToken).ConfigureAwait(false) is { } digest
                && !(digest.Content.StartTime >= options.To))
            {
                _digests.Add(digest);
            }
        }

        SignatureCheck signatures = new(keys, _isOwn && survey.Signatures.Count > 0, findings);
        foreach (IGrouping<string, SignedDigest> series in _digests.GroupBy(static digest => digest.File.Series, StringComparer.Ordinal))
        {
            DigestChain chain = new(survey, signatures, findings);
            chain.Check(series, options.From);
            _chains.Add(series.Key, chain);
        }

        signatures.ReportOtherKeys();
        Verified = signatures.Verified;
        Named = new NamedDigests(survey, layout, _digests, options, findings);
        ReportOrphans();
        _digests.ForEach(List);
    }

    /// <summary>Adds the files of a digest that was stored elsewhere.</summary>
    internal void Add(KeptDigest kept)
    {
        foreach ((string name, string hash) in kept.Content.LogFiles)
        {
            string key = TrailPath.KeyOf(name) ?? name;
            if (survey.Files.ContainsKey(key))
            {
                _ = _listed.TryAdd(key, (hash, kept.Series));
            }
        }
    }

    /// <summary>Returns the digests of one account, region and trail.</summary>
    internal IReadOnlyCollection<SignedDigest> Of(string series) => [.. _digests.Where(digest => digest.File.Series == series)];

    /// <summary>Gets the oldest digest of each account, region and trail.</summary>
    internal IEnumerable<SignedDigest> OldestOfEach =>
        _digests.GroupBy(static digest => digest.File.Series, StringComparer.Ordinal)
            .Select(static series => series.MinBy(static digest => digest.File.Time)!);

    /// <summary>Returns the series of digests that list files of one account and region.</summary>
    /// <param name="folder">The series of the files.</param>
    internal IEnumerable<string> SeriesOf(string folder) => _chains.Keys.Where(series => FolderOf(series) == folder);

    /// <summary>Reports the meaning of a file that no digest lists.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isChained">Whether the files of this account and region have the library's hash chain.</param>
    /// <returns><see langword="true"/> if its digest may not be due yet.</returns>
    internal bool JudgeUnlisted(TrailPath file, bool isChained)
    {
        SignedDigest[] around = [.. _digests.Where(digest => FolderOf(digest.File.Series) == file.Series)];
        DateTimeOffset end = file.Time + TimeSpan.FromMinutes(1);

        // The name of a file has whole minutes, so it may have been sealed after a digest that ends within its minute.
        if (around.Length == 0 || end > around.Max(static digest => digest.Content.EndTime))
        {
            return true;
        }

        bool isOlder = end <= around.Min(static digest => digest.Content.StartTime);
        bool isInHole = SeriesOf(file.Series).SelectMany(series => _chains[series].Holes)
            .Any(hole => end > hole.Start && file.Time < hole.End);
        if (isOlder || isInHole)
        {
            findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Digest, file.Key,
                $"The digest that would vouch for this file is not here.");
        }
        else if (_isOwn || isChained)
        {
            findings.Add(AuditFindingKind.Added, AuditFindingSubject.LogFile, file.Key,
                $"No digest names it, although there are later ones.");
        }
        else
        {
            // CloudTrail delivers some files late, and names them in a backfill digest that can follow at any time.
            findings.Add(
                AuditFindingKind.Unverifiable,
                AuditFindingSubject.LogFile,
                file.Key,
                $"No digest here names it: CloudTrail delivered it late and its backfill digest is not here, or somebody else added it.");
        }

        return false;
    }

    private static string FolderOf(string series) =>
        series[..series.LastIndexOf('/')].Replace("/CloudTrail-Digest/", "/CloudTrail/", StringComparison.Ordinal);

    // A signature is written before its digest. After a crash between the two only the signature exists, and the next digest covers the
    // same files.
    private void ReportOrphans()
    {
        HashSet<string> followed = [
            .. _digests.Select(static digest => digest.Content.PreviousObject).OfType<string>()
                .Select(static name => TrailPath.KeyOf(name) ?? name)];
        foreach (string key in survey.Signatures.Keys.Where(key => !survey.Files.ContainsKey(key)).Order(StringComparer.Ordinal))
        {
            if (followed.Contains(key))
            {
                findings.Add(AuditFindingKind.Removed, AuditFindingSubject.Digest, key,
                    $"Its signature is here and a later digest follows on it, but it is not here.");
            }
            else if (TrailPath.TryParse(key, string.Empty, out TrailPath? orphan)
                && _digests.Exists(digest => digest.File.Series == orphan.Series && digest.File.Time > orphan.Time))
            {
                findings.Remark($"{key} was signed but is not here: a crash kept it from being written, and a later digest took its place.");
            }
            else if (!(orphan?.Time <= options.From))
            {
                findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Digest, key,
                    $"Its signature is here, the digest is not: a crash kept it from being written, or it was taken away.");
            }
        }
    }

    private void List(SignedDigest digest)
    {
        foreach ((string name, string hash) in digest.Content.LogFiles)
        {
            string key = TrailPath.KeyOf(name) ?? name;
            if (!survey.Files.ContainsKey(key))
            {
                findings.Add(AuditFindingKind.Removed, AuditFindingSubject.LogFile, key,
                    $"{digest.File.Key} names it, but it is not here.");
            }
            else if (!_listed.TryAdd(key, (hash, digest.File.Series)) && _listed[key].Hash != hash)
            {
                findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, digest.File.Key,
                    $"It says of {key} another hash than another digest does.");
            }
        }
    }
}
