using System.Buffers;
using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Determines whether a digest is authentic, by its own signature and by the hash in a later digest.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="keys">The public keys.</param>
/// <param name="areKept">Whether signatures are stored beside digests, so that a missing one was removed.</param>
/// <param name="findings">Receives findings.</param>
internal sealed class SignatureCheck(TrailKeys keys, bool areKept, Findings findings)
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    private readonly List<(SignedDigest Digest, bool IsVouchedFor)> _byOtherKeys = [];

    /// <summary>Gets the number of verified signatures.</summary>
    internal long Verified { get; private set; }

    /// <summary>Checks a digest.</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="newer">The next newer digest; <see langword="null"/> if there is none.</param>
    /// <returns><see langword="true"/> if there is no evidence against it, so that its content counts.</returns>
    internal bool Check(SignedDigest digest, SignedDigest? newer)
    {
        SignedDigest? voucher = newer is { IsTrusted: true } ? newer : null;
        bool isSame = voucher is null || CheckHash(digest, voucher);
        string? signature = Signature(digest, voucher);
        return isSame && (signature is null ? CheckWithout(digest, voucher) : CheckSignature(digest, signature, voucher is not null));
    }

    /// <summary>Reports digests signed with a key that is not available.</summary>
    /// <remarks>
    /// If one available key fits, the keys are the right ones, and the other digests were not signed by the trail. Keys are renewed, so an
    /// older digest with another key that a later digest covers causes only a remark. With a key that was stored elsewhere the question
    /// cannot be decided: the writer continues from the newest digest that it finds, whoever wrote that.
    /// </remarks>
    internal void ReportOtherKeys()
    {
        foreach ((SignedDigest digest, bool isVouchedFor) in _byOtherKeys.Where(other => keys.AreKept || !other.IsVouchedFor))
        {
            findings.Add(
                Verified > 0 && !isVouchedFor ? AuditFindingKind.Changed : AuditFindingKind.Unverifiable,
                AuditFindingSubject.Digest,
                digest.File.Key,
                $"It was signed with another key; it says with the one with the fingerprint {digest.Content.Fingerprint ?? "(none)"}.");
        }

        if (!keys.AreKept && _byOtherKeys.Exists(static other => other.IsVouchedFor))
        {
            SignedDigest newest = _byOtherKeys.Where(static other => other.IsVouchedFor)
                .MaxBy(static other => other.Digest.File.Time).Digest;
            findings.Remark($"Digests up to {newest.File.Key} were signed with another key. Only later digests vouch for them.");
        }
    }

    /// <summary>Parses a signature from lower-case hexadecimal digits.</summary>
    internal static bool TryDecode(string text, out byte[] signature)
    {
        bool isHex = text.Length > 0 && text.Length % 2 == 0 && !text.AsSpan().ContainsAnyExcept(Hex);
        signature = isHex ? Convert.FromHexString(text) : [];
        return isHex;
    }

    private bool CheckHash(SignedDigest digest, SignedDigest voucher)
    {
        if (voucher.Content.PreviousHash == digest.Content.Hash)
        {
            return true;
        }

        findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, digest.File.Key,
            $"Its content does not have the hash that {voucher.File.Key} says it has.");
        return false;
    }

    private string? Signature(SignedDigest digest, SignedDigest? voucher)
    {
        string place = digest.File.Key + TrailLayout.SignatureSuffix;
        if (digest.Signature is null && areKept)
        {
            findings.Add(AuditFindingKind.Removed, AuditFindingSubject.Digest, place, $"The digest is here, its signature is not.");
        }

        string? named = voucher?.Content.PreviousSignature;
        if (digest.Signature is not null && named is not null && digest.Signature != named)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, place,
                $"It is not the signature that {voucher!.File.Key} says the digest has.");
        }

        return named ?? digest.Signature;
    }

    private bool CheckWithout(SignedDigest digest, SignedDigest? voucher)
    {
        if (voucher is null && !areKept)
        {
            findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Digest, digest.File.Key,
                $"Its signature is not here: no later digest names it, and neither a file {TrailLayout.SignatureSuffix} nor the object's metadata ({TrailSurvey.MetadataSuffix}) is beside it.");
        }

        return true;
    }

    private bool CheckSignature(SignedDigest digest, string signature, bool isVouchedFor)
    {
        if (!TryDecode(signature, out byte[] bytes))
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, digest.File.Key
                + TrailLayout.SignatureSuffix, $"It is not a signature in lower-case hexadecimal digits.");
            return isVouchedFor;
        }

        if (!keys.Any)
        {
            return true;
        }

        if (keys.HasSigned(Encoding.UTF8.GetBytes(digest.Content.StringToSign), bytes))
        {
            Verified++;
            return true;
        }

        if (keys.IsKnown(digest.Content.Fingerprint))
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, digest.File.Key,
                $"Its signature does not fit: the digest or the signature was changed, or somebody else made them.");
            return false;
        }

        // A trusted digest that contains this one's hash covers it, whatever its key, because keys are renewed.
        _byOtherKeys.Add((digest, isVouchedFor));
        return true;
    }
}
