using System.Text.Json;
using CloudObserve.Audit.Reading;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Verification;

/// <summary>Reads the output of <c>aws s3api head-object</c> or <c>get-object</c>.</summary>
/// <remarks>CloudTrail stores the signature of a digest in the object's metadata.</remarks>
internal static class ObjectMetadata
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads the signature.</summary>
    /// <returns><see langword="null"/> if the file contains none.</returns>
    /// <exception cref="FormatException">The file does not have this format.</exception>
    internal static string? ReadSignature(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(PrivateFiles.ReadAllBytes(TrailDirectory.TargetOf(path), MaxBytes));
            return json.RootElement.TryGetProperty("Metadata", out JsonElement metadata)
                && (metadata.TryGetProperty("signature", out JsonElement signature)
                    || metadata.TryGetProperty("x-amz-meta-signature", out signature))
                ? signature.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidDataException)
        {
            throw new FormatException(
                $"the metadata beside it, {Path.GetFileName(path)}, is not what aws s3api head-object prints", exception);
        }
    }
}
