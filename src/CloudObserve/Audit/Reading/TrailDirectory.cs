using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using CloudObserve.Audit.Files;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Reading;

/// <summary>Finds and opens the files of a trail's directory.</summary>
/// <remarks>Only paths found by listing the directory are opened, never names found inside files.</remarks>
/// <threadsafety>Safe for concurrent use; each survey is a snapshot.</threadsafety>
internal sealed class TrailDirectory(string directory)
{
    internal TrailLayout Layout { get; } = new(directory);

    /// <summary>Opens a regular file for reading, also while it is being written, renamed or removed.</summary>
    /// <exception cref="IOException">
    /// The path is not a regular file. For example, a pipe might never end, and a link leads elsewhere.
    /// </exception>
    internal static FileStream Open(string path) => new(PrivateFiles.OpenRead(path), FileAccess.Read, bufferSize: 0);

    /// <summary>Returns the file for a path that the user specified, which may be a link.</summary>
    internal static string TargetOf(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    /// <summary>Opens the records of a file, compressed or not.</summary>
    /// <remarks>Some tools decompress files while copying and keep their names.</remarks>
    internal static LogFileReader OpenRecords(TrailPath path)
    {
        FileStream file = Open(path.Path);
        Span<byte> magic = stackalloc byte[2];
        bool isCompressed = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || magic is [0x1f, 0x8b];
        file.Position = 0;
        return new LogFileReader(isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    /// <summary>Finds the current end of the lines in a journal's file.</summary>
    internal static long EndOfLines(FileStream file) =>
        JournalRoom.EndOfLines(file.Length, (bytes, offset) => RandomAccess.Read(file.SafeFileHandle, bytes, offset));

    /// <summary>Opens a file of the journal, if it exists.</summary>
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

    /// <summary>Lists the sealed files and digests.</summary>
    /// <remarks>Digests are listed first, so that all files that they name exist when files are listed.</remarks>
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

    /// <summary>
    /// Finds the files of records anywhere in the directory: in the order of a trail or bucket, or in copies without the folder structure.
    /// </summary>
    internal IReadOnlyCollection<TrailPath> FindLogs()
    {
        Dictionary<string, TrailPath> files = new(StringComparer.Ordinal);
        foreach (TrailPath file in Survey().Of(TrailFileKind.Log))
        {
            files[NameOf(file)] = file;
        }

        foreach (string path in Directory.Exists(Layout.Directory)
            ? Directory.EnumerateFiles(Layout.Directory, "*_CloudTrail*.json*", TrailLayout.WithoutLinks) : [])
        {
            // The same file may exist both compressed and uncompressed.
            if (TrailPath.TryParseName(Path.GetFileName(path), path, out TrailPath? file))
            {
                _ = files.TryAdd(NameOf(file), file);
            }
        }

        return files.Values;
    }

    private static string NameOf(TrailPath file) => file.Key[(file.Key.LastIndexOf('/') + 1)..];

    // AWSLogs/{account}/{area}, or AWSLogs/{organization}/{account}/{area}, with or without a prefix before it.
    private IEnumerable<string> Areas() =>
        from path in Directory.EnumerateDirectories(Layout.Directory, "CloudTrail*", TrailLayout.WithoutLinks)
        where Path.GetFileName(path) is "CloudTrail" or "CloudTrail-Digest" && TrailPath.KeyOf(Layout.KeyOf(path)) is not null
        select path;

    private static bool IsForDigests(string area) => Path.GetFileName(area) == "CloudTrail-Digest";
}
