using System.Text.Json;
using CloudObserve.Audit.Reading;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Verification;

/// <summary>Reads what <c>aws s3api head-object</c> or <c>get-object</c> prints of an object: CloudTrail keeps the signature of a digest in its metadata.</summary>
internal static class ObjectMetadata
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads the signature.</summary>
    /// <returns><see langword="null"/> when the file has none.</returns>
    /// <exception cref="FormatException">The file is not of that form.</exception>
    internal static string? ReadSignature(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(PrivateFiles.ReadAllBytes(TrailDirectory.TargetOf(path), MaxBytes));
            return json.RootElement.TryGetProperty("Metadata", out JsonElement metadata)
                && (metadata.TryGetProperty("signature", out JsonElement signature) || metadata.TryGetProperty("x-amz-meta-signature", out signature))
                ? signature.GetString()
                : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or InvalidDataException)
        {
            throw new FormatException($"the metadata beside it, {Path.GetFileName(path)}, is not what aws s3api head-object prints", failure);
        }
    }
}
