using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CloudObserve.Audit.Sealing;

/// <summary>Computes the fingerprint with which a digest names its key.</summary>
internal static class KeyFingerprint
{
    [SuppressMessage("Security", "CA5351",
        Justification = "CloudTrail identifies keys this way. The fingerprint is only used to find a key; no trust depends on it.")]
    internal static string Of(RSA key) => Convert.ToHexStringLower(MD5.HashData(key.ExportRSAPublicKey()));
}
