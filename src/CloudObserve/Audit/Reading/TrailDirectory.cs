using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using CloudObserve.Audit.Files;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Reading;

/// <summary>What lies in a trail's directory. Files are only ever opened by what was found here, never by a name that some file's content gives.</summary>
/// <threadsafety>Safe for concurrent use; each survey is a snapshot.</threadsafety>
internal sealed class TrailDirectory(string directory)
{
    internal TrailLayout Layout { get; } = new(directory);

    /// <summary>Opens a regular file for reading, also while it is written, renamed or removed.</summary>
    /// <exception cref="IOException">It is something else, such as a pipe, which might never end, or a link, which leads elsewhere.</exception>
    internal static FileStream Open(string path) => new(PrivateFiles.OpenRead(path), FileAccess.Read, bufferSize: 0);

    /// <summary>Finds the file that a path leads to that somebody has named: there may be links for good reason.</summary>
    internal static string TargetOf(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    /// <summary>Opens the records of a file, which may be compressed or not: some tools decompress what they copy and keep its name.</summary>
    internal static LogFileReader OpenRecords(TrailPath path)
    {
        FileStream file = Open(path.Path);
        Span<byte> magic = stackalloc byte[2];
        bool isCompressed = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || magic is [0x1f, 0x8b];
        file.Position = 0;
        return new LogFileReader(isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    /// <summary>Finds out where the lines of a file of the journal end now.</summary>
    internal static long EndOfLines(FileStream file) =>
        JournalRoom.EndOfLines(file.Length, (bytes, offset) => RandomAccess.Read(file.SafeFileHandle, bytes, offset));

    /// <summary>Opens a file of the journal, if there is one.</summary>
    internal static bool TryOpen(string path, [NotNullWhen(true)] out FileStream? file)
    {
        try
        {
            file = Open(path);
            return true;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            file = null;
            return false;
        }
    }

    /// <summary>Finds what is sealed. Digests come first, so that every file that a digest found here names had been written when files were looked for.</summary>
    internal TrailSurvey Survey()
    {
        TrailSurvey survey = new();
        string[] areas = Directory.Exists(Layout.Directory) ? [.. Areas()] : [];
        foreach (string area in areas.OrderByDescending(IsForDigests))
        {
            foreach (string path in Directory.EnumerateFiles(area, "*", TrailLayout.WithoutLinks))
            {
                survey.Add(Layout.KeyOf(path), path);
            }
        }

        return survey;
    }

    /// <summary>Finds the files of records, wherever they lie: those of a trail or bucket in its own order, and those of copies that are flat or begin in the middle.</summary>
    internal IReadOnlyCollection<TrailPath> FindLogs()
    {
        Dictionary<string, TrailPath> files = new(StringComparer.Ordinal);
        foreach (TrailPath file in Survey().Of(TrailFileKind.Log))
        {
            files[NameOf(file)] = file;
        }

        foreach (string path in Directory.Exists(Layout.Directory) ? Directory.EnumerateFiles(Layout.Directory, "*_CloudTrail*.json*", TrailLayout.WithoutLinks) : [])
        {
            // The same file may lie here twice, compressed and not.
            if (TrailPath.TryParseName(Path.GetFileName(path), path, out TrailPath? file))
            {
                _ = files.TryAdd(NameOf(file), file);
            }
        }

        return files.Values;
    }

    private static string NameOf(TrailPath file) => file.Key[(file.Key.LastIndexOf('/') + 1)..];

    // AWSLogs/{account}/{area}, or AWSLogs/{organization}/{account}/{area}, with or without a prefix in front.
    private IEnumerable<string> Areas() =>
        from path in Directory.EnumerateDirectories(Layout.Directory, "CloudTrail*", TrailLayout.WithoutLinks)
        where Path.GetFileName(path) is "CloudTrail" or "CloudTrail-Digest" && TrailPath.KeyOf(Layout.KeyOf(path)) is not null
        select path;

    private static bool IsForDigests(string area) => Path.GetFileName(area) == "CloudTrail-Digest";
}
