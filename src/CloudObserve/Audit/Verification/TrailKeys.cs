using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using CloudObserve.Audit.Reading;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Verification;

/// <summary>Holds the public keys that may have signed a trail's digests.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TrailKeys : IDisposable
{
    // In bytes. A file with many keys has a few kilobytes, so a larger file is not a key file.
    private const int MaxFileBytes = 1024 * 1024;

    private readonly List<RSA> _keys = [];
    private readonly HashSet<string> _fingerprints = new(StringComparer.Ordinal);

    internal bool Any => _keys.Count > 0;

    /// <summary>
    /// Gets whether the keys were stored outside of the trail, where users with write access to the trail cannot replace them.
    /// </summary>
    internal bool AreKept { get; init; }

    public void Dispose() => _keys.ForEach(static key => key.Dispose());

    /// <summary>Reads the keys of a file in any supported format.</summary>
    /// <returns>The reason why there are none; <see langword="null"/> if there are keys.</returns>
    internal string? TryLoad(string path)
    {
        try
        {
            byte[] file = PrivateFiles.ReadAllBytes(TrailDirectory.TargetOf(path), MaxFileBytes);
            if (!TryAdd(file) && !TryAddList(file))
            {
                AddPems(System.Text.Encoding.Latin1.GetString(file));
            }

            return Any ? null : "it holds no RSA public key";
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            return exception.Message;
        }
    }

    /// <summary>Returns whether one of the keys is the one that a digest names.</summary>
    internal bool IsKnown(string? fingerprint) => fingerprint is not null && _fingerprints.Contains(fingerprint);

    /// <summary>Returns whether one of the keys has signed the data.</summary>
    internal bool HasSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        foreach (RSA key in _keys)
        {
            if (HasSigned(key, data, signature))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasSigned(RSA key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            // The signature has another length, or the platform supports the key only on import. In both cases this key did not sign the
            // data.
            return false;
        }
    }

    // The output of aws cloudtrail list-public-keys: keys in DER, as base64.
    private bool TryAddList(byte[] file)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(file);
            foreach (JsonElement key in json.RootElement.GetProperty("PublicKeyList").EnumerateArray())
            {
                _ = TryAdd(key.GetProperty("Value").GetBytesFromBase64());
            }

            return true;
        }
        catch (Exception notList) when (notList is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return false;
        }
    }

    private void AddPems(ReadOnlySpan<char> text)
    {
        while (PemEncoding.TryFind(text, out PemFields pem))
        {
            byte[] der = new byte[pem.DecodedDataLength];
            if (Convert.TryFromBase64Chars(text[pem.Base64Data], der, out int length) && length == der.Length)
            {
                _ = TryAdd(der);
            }

            text = text[pem.Location.End..];
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> der) =>
        TryAdd(der, static (key, der) => { key.ImportSubjectPublicKeyInfo(der, out int read); return read; })
        || TryAdd(der, static (key, der) => { key.ImportRSAPublicKey(der, out int read); return read; });

    private bool TryAdd(ReadOnlySpan<byte> der, Func<RSA, byte[], int> import)
    {
        RSA key = RSA.Create();
        try
        {
            if (import(key, der.ToArray()) == der.Length)
            {
                _keys.Add(key);
                AddFingerprints(key);
                return true;
            }
        }
        catch (CryptographicException)
        {
            // Not a key in this format; the next format is tried.
        }

        key.Dispose();
        return false;
    }

    // CloudTrail does not document the encoding from which it computes the fingerprint, nor that it will stay the same.
    private void AddFingerprints(RSA key)
    {
        _ = _fingerprints.Add(Fingerprint(key.ExportRSAPublicKey()));
        _ = _fingerprints.Add(Fingerprint(key.ExportSubjectPublicKeyInfo()));
    }

    [SuppressMessage("Security", "CA5351",
        Justification = "CloudTrail's fingerprint is an MD5. It names a key and proves nothing; the signature does.")]
    private static string Fingerprint(byte[] der) => Convert.ToHexStringLower(MD5.HashData(der));
}
