using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Verification;

/// <summary>Represents the content of a digest.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class TrailDigest
{
    private TrailDigest(JsonElement json, string hash)
    {
        Hash = hash;
        StartTime = Time(json, DigestNames.DigestStartTime);
        EndTime = Time(json, DigestNames.DigestEndTime);
        EndText = Text(json, DigestNames.DigestEndTime) ?? throw new FormatException($"it has no {DigestNames.DigestEndTime}");
        Bucket = Text(json, DigestNames.DigestS3Bucket) ?? string.Empty;
        Object = Text(json, DigestNames.DigestS3Object) ?? string.Empty;
        Fingerprint = Text(json, DigestNames.DigestPublicKeyFingerprint);
        PreviousObject = Text(json, DigestNames.PreviousDigestS3Object);
        PreviousHash = Text(json, DigestNames.PreviousDigestHashValue);
        PreviousSignature = Text(json, DigestNames.PreviousDigestSignature);
        if (json.GetProperty(DigestNames.LogFiles) is { ValueKind: JsonValueKind.Array } files)
        {
            LogFiles = [.. files.EnumerateArray().Select(static file => (
                Text(file, DigestNames.S3Object) ?? throw new FormatException($"a log file has no {DigestNames.S3Object}"),
                Text(file, DigestNames.HashValue) ?? throw new FormatException($"a log file has no {DigestNames.HashValue}")))];
        }
    }

    /// <summary>Gets the SHA-256 of the digest itself, in lower-case hexadecimal digits.</summary>
    internal string Hash { get; }

    internal DateTimeOffset StartTime { get; }

    internal DateTimeOffset EndTime { get; }

    internal string Bucket { get; }

    internal string Object { get; }

    internal string? Fingerprint { get; }

    internal string? PreviousObject { get; }

    internal string? PreviousHash { get; }

    internal string? PreviousSignature { get; }

    internal IReadOnlyList<(string Object, string Hash)> LogFiles { get; } = [];

    /// <summary>Gets the text to sign: four lines, the last one without a line feed.</summary>
    /// <remarks>Without a previous digest CloudTrail signs the word <c>null</c>.</remarks>
    internal string StringToSign => $"{EndText}\n{Bucket}/{Object}\n{Hash}\n{PreviousSignature ?? "null"}";

    private string EndText { get; }

    /// <summary>Parses a digest.</summary>
    /// <param name="content">The uncompressed bytes of the digest.</param>
    /// <exception cref="FormatException">The content is not a digest; the message contains the reason.</exception>
    internal static TrailDigest Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(content);
            return new TrailDigest(json.RootElement, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
        }
        catch (JsonException exception)
        {
            throw new FormatException("it is not JSON", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("it is JSON of another shape", exception);
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static DateTimeOffset Time(JsonElement json, string name) =>
        DateTimeOffset.TryParseExact(
            Text(json, name), RecordNames.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new FormatException($"{name} is no time");
}
