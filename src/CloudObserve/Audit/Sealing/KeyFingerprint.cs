using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CloudObserve.Audit.Sealing;

/// <summary>The name by which a digest calls its key.</summary>
internal static class KeyFingerprint
{
    [SuppressMessage("Security", "CA5351", Justification = "CloudTrail names keys so. It is a name to look a key up by; nothing is trusted because of it.")]
    internal static string Of(RSA key) => Convert.ToHexStringLower(MD5.HashData(key.ExportRSAPublicKey()));
}
