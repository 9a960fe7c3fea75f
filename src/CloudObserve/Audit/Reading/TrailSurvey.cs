using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Reading;

/// <summary>Lists the sealed files and digests of a directory at one moment.</summary>
/// <threadsafety>Filled by one thread; immutable after that.</threadsafety>
internal sealed class TrailSurvey
{
    /// <summary>The suffix of a digest's name for its object metadata, as <c>aws s3api head-object</c> prints it.</summary>
    internal const string MetadataSuffix = ".head.json";

    private readonly Dictionary<string, TrailPath> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _signatures = new(StringComparer.Ordinal);
    private readonly List<string> _foreign = [];

    /// <summary>Gets all files by key.</summary>
    internal IReadOnlyDictionary<string, TrailPath> Files => _files;

    /// <summary>Gets the paths of signatures by the keys of the signed digests.</summary>
    internal IReadOnlyDictionary<string, string> Signatures => _signatures;

    /// <summary>Gets the paths of object metadata by the keys of the digests.</summary>
    internal IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Gets the other files between them, as paths relative to the directory.</summary>
    internal IReadOnlyList<string> Foreign => _foreign;

    internal IEnumerable<TrailPath> Of(TrailFileKind kind) => _files.Values.Where(file => file.Kind == kind);

    internal void Add(string relative, string path)
    {
        // Files that are being written are not part of the trail.
        if (relative.EndsWith(TrailLayout.TemporarySuffix, StringComparison.Ordinal))
        {
            return;
        }

        if (relative.EndsWith(MetadataSuffix, StringComparison.Ordinal)
            && TrailPath.KeyOf(relative[..^MetadataSuffix.Length]) is { } described
            && TrailPath.TryParse(described, path, out TrailPath? digest) && digest.Kind == TrailFileKind.Digest
            && _metadata.TryAdd(described, path))
        {
            return;
        }

        bool isSignature = relative.EndsWith(TrailLayout.SignatureSuffix, StringComparison.Ordinal);
        string signed = isSignature ? relative[..^TrailLayout.SignatureSuffix.Length] : relative;
        if (TrailPath.KeyOf(signed) is not string key || !TrailPath.TryParse(key, path, out TrailPath? file))
        {
            _foreign.Add(relative);
        }
        else if (!(isSignature ? file.Kind == TrailFileKind.Digest && _signatures.TryAdd(key, path) : _files.TryAdd(key, file)))
        {
            _foreign.Add(relative);
        }
    }
}
