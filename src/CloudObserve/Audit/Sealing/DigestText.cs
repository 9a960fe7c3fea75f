using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Sealing;

/// <summary>Builds the text of a digest and the text to sign, exactly in CloudTrail's form.</summary>
internal static class DigestText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Write(
        TrailLocation place, string key, DateTimeOffset start, DateTimeOffset end, string fingerprint, IReadOnlyList<SealedFile> files,
        DigestLink? previous)
    {
        ArrayBufferWriter<byte> text = new(1024);
        using (Utf8JsonWriter json = new(text, Options))
        {
            json.WriteStartObject();
            json.WriteString(DigestNames.AwsAccountId, place.Account);
            json.WriteString(DigestNames.DigestStartTime, Time(start));
            json.WriteString(DigestNames.DigestEndTime, Time(end));
            json.WriteString(DigestNames.DigestS3Bucket, place.Bucket);
            json.WriteString(DigestNames.DigestS3Object, place.KeyPrefix + key);
            json.WriteString(DigestNames.DigestPublicKeyFingerprint, fingerprint);
            json.WriteString(DigestNames.DigestSignatureAlgorithm, DigestNames.Sha256WithRsa);
            WriteTimes(json, files);
            WritePrevious(json, previous);
            WriteFiles(json, place, files);
            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>Builds the text to sign: four lines, without a line feed at the end.</summary>
    internal static byte[] ToSign(TrailLocation place, string key, DateTimeOffset end, string hashValue, DigestLink? previous) =>
        Encoding.UTF8.GetBytes($"{Time(end)}\n{place.Bucket}/{place.KeyPrefix}{key}\n{hashValue}\n{previous?.Signature ?? "null"}");

    internal static string Hash(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(RecordNames.TimeFormat, CultureInfo.InvariantCulture);

    private static void WriteTimes(Utf8JsonWriter json, IReadOnlyList<SealedFile> files)
    {
        EventTimes times = new();
        foreach (SealedFile file in files)
        {
            times.Add(file.Records.NewestEventTime);
            times.Add(file.Records.OldestEventTime);
        }

        WriteOrNull(json, DigestNames.NewestEventTime, times.Newest);
        WriteOrNull(json, DigestNames.OldestEventTime, times.Oldest);
    }

    private static void WritePrevious(Utf8JsonWriter json, DigestLink? previous)
    {
        WriteOrNull(json, DigestNames.PreviousDigestS3Bucket, previous?.Bucket);
        WriteOrNull(json, DigestNames.PreviousDigestS3Object, previous?.ObjectKey);
        WriteOrNull(json, DigestNames.PreviousDigestHashValue, previous?.HashValue);
        WriteOrNull(json, DigestNames.PreviousDigestHashAlgorithm, previous is null ? null : DigestNames.Sha256);
        WriteOrNull(json, DigestNames.PreviousDigestSignature, previous?.Signature);
    }

    private static void WriteFiles(Utf8JsonWriter json, TrailLocation place, IReadOnlyList<SealedFile> files)
    {
        json.WriteStartArray(DigestNames.LogFiles);
        foreach (SealedFile file in files)
        {
            json.WriteStartObject();
            json.WriteString(DigestNames.S3Bucket, place.Bucket);
            json.WriteString(DigestNames.S3Object, place.KeyPrefix + file.Key);
            json.WriteString(DigestNames.HashValue, file.Records.HashValue);
            json.WriteString(DigestNames.HashAlgorithm, DigestNames.Sha256);
            WriteOrNull(json, DigestNames.NewestEventTime, file.Records.NewestEventTime);
            WriteOrNull(json, DigestNames.OldestEventTime, file.Records.OldestEventTime);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOrNull(Utf8JsonWriter json, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, text);
        }
    }
}
