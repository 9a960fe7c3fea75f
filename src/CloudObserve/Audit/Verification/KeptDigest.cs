using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Represents a digest that was stored elsewhere.</summary>
/// <remarks>It proves how far the trail had come, even if the whole directory was reset since.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class KeptDigest
{
    private readonly TrailDigest _content;
    private readonly TrailPath _path;

    private KeptDigest(TrailDigest content, TrailPath path) => (_content, _path) = (content, path);

    /// <summary>Gets the account, region and trail of the digest.</summary>
    internal string Series => _path.Series;

    /// <summary>Gets the content of the digest.</summary>
    internal TrailDigest Content => _content;

    /// <summary>Reads a digest that was stored elsewhere.</summary>
    /// <param name="file">The path of the digest; its signature may be beside it.</param>
    /// <param name="keys">The public keys.</param>
    /// <param name="findings">Receives the reason why the digest proves nothing.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns><see langword="null"/> if the digest proves nothing.</returns>
    internal static async Task<KeptDigest?> ReadAsync(string file, TrailKeys keys, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            string target = TrailDirectory.TargetOf(file);
            TrailDigest content = TrailDigest.Parse(
                (await DigestReader.ReadContentAsync(target, isOwn: false, cancellationToken).ConfigureAwait(false)).Content);
            string? signature = DigestReader.ReadSignature(file + TrailLayout.SignatureSuffix);
            if (TrailPath.KeyOf(content.Object) is not { } key || !TrailPath.TryParse(key, file, out TrailPath? path)
                || path.Kind != TrailFileKind.Digest)
            {
                findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Digest, file,
                    $"It gives itself a name that no digest has: {content.Object}");
            }
            else if (signature is not null && keys is { AreKept: true, Any: true } && !IsSigned(content, signature, keys))
            {
                // Only a key that was stored elsewhere too can decide; the key in the directory may have been replaced.
                findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Digest, file,
                    $"The signature beside it does not fit, so it proves nothing.");
            }
            else
            {
                return new KeptDigest(content, path);
            }
        }
        catch (Exception exception)
            when (exception is FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Digest, file,
                $"It cannot be read as a digest: {exception.Message}");
        }

        return null;
    }

    /// <summary>Looks for the digest in the trail.</summary>
    /// <param name="here">The existing digests of the same account, region and trail.</param>
    /// <param name="removedUntil">The end of the newest digest that retention has removed, according to the trail.</param>
    /// <param name="findings">Receives findings.</param>
    internal void Check(IReadOnlyCollection<SignedDigest> here, DateTimeOffset? removedUntil, Findings findings)
    {
        if (here.FirstOrDefault(digest => digest.File.Key == _path.Key) is { } same)
        {
            if (same.Content.Hash != _content.Hash)
            {
                findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, _path.Key, $"It is not the digest that was kept.");
            }
        }
        else if (here.Count == 0 || here.Max(static digest => digest.Content.EndTime) < _content.EndTime)
        {
            string newest = here.Count == 0
                ? "no digest is here"
                : $"the newest one here ends at {DigestChain.Time(here.Max(static digest => digest.Content.EndTime))}";
            findings.Add(AuditFindingKind.Removed, AuditFindingSubject.Digest, _path.Key,
                $"The trail was set back: the digest that was kept ends at {DigestChain.Time(_content.EndTime)}, {newest}.");
        }
        else
        {
            CheckBefore(here.MinBy(static digest => digest.File.Time)!, removedUntil, findings);
        }
    }

    // Newer digests exist, but not this one.
    private void CheckBefore(SignedDigest oldest, DateTimeOffset? removedUntil, Findings findings)
    {
        if (oldest.Content.PreviousObject is null || _content.EndTime > oldest.Content.StartTime)
        {
            findings.Add(
                AuditFindingKind.Removed,
                AuditFindingSubject.Digest,
                _path.Key,
                $"It was kept, but it is not here. The digests here begin at {DigestChain.Time(oldest.Content.StartTime)} with {oldest.File.Key}.");
        }
        else if (_content.EndTime == oldest.Content.StartTime)
        {
            if (oldest.Content.PreviousHash != _content.Hash)
            {
                findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, oldest.File.Key,
                    $"It does not follow on the digest that was kept, {_path.Key}.");
            }
        }
        else if (removedUntil >= _content.EndTime)
        {
            findings.Remark($"{_path.Key} was kept, but it is not here any more: the trail says that it was removed with what was too old.");
        }
        else
        {
            findings.Add(
                AuditFindingKind.Missing,
                AuditFindingSubject.Digest,
                _path.Key,
                $"It was kept, and no digest here vouches for what was recorded from then to {DigestChain.Time(oldest.Content.StartTime)}.");
        }
    }

    private static bool IsSigned(TrailDigest content, string signature, TrailKeys keys) =>
        SignatureCheck.TryDecode(signature, out byte[] bytes)
        && keys.HasSigned(System.Text.Encoding.UTF8.GetBytes(content.StringToSign), bytes);
}
