using System.Text;

namespace CloudObserve.Tests.Audit.Trails;

/// <summary>The files of a trail that prove something, as they were written, so that each change begins with an untouched trail.</summary>
internal sealed class Evidence
{
    private readonly string _root;
    private readonly Dictionary<string, byte[]> _files;

    internal Evidence(string root)
    {
        _root = root;
        _files = All().ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(root, f)), StringComparer.Ordinal);
        Names = [.. _files.Keys.Order(StringComparer.Ordinal)];
    }

    internal IReadOnlyList<string> Names { get; }

    internal IReadOnlyList<string> Logs => [.. Names.Where(n => n.Contains("/CloudTrail/", StringComparison.Ordinal))];

    internal IReadOnlyList<string> Digests =>
        [.. Names.Where(n => n.Contains("/CloudTrail-Digest/", StringComparison.Ordinal) && n.EndsWith(".gz", StringComparison.Ordinal))];

    internal byte[] this[string name] => _files[name];

    internal static bool IsCompressed(string name) => name.EndsWith(".gz", StringComparison.Ordinal);

    internal void Put(string name, byte[] content)
    {
        string path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    internal void Remove(string name) => File.Delete(Path.Combine(_root, name));

    /// <summary>The records of a sealed file, or the lines of the journal.</summary>
    internal string[] Records(string name)
    {
        if (!IsCompressed(name))
        {
            return Encoding.UTF8.GetString(this[name]).TrimEnd('\n').Split('\n');
        }

        string content = Encoding.UTF8.GetString(TestTrail.Decompress(this[name]));
        return [.. System.Text.Json.JsonDocument.Parse(content).RootElement.GetProperty("Records").EnumerateArray()
            .Select(r => r.GetRawText())];
    }

    internal void PutRecords(string name, IEnumerable<string> records) => Put(
        name,
        IsCompressed(name)
            ? TestTrail.Compress(Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}"""))
            : Encoding.UTF8.GetBytes(string.Concat(records.Select(r => r + "\n"))));

    /// <summary>Makes the trail what it was.</summary>
    internal void Restore()
    {
        foreach (string added in All().Where(f => !_files.ContainsKey(f)).ToArray())
        {
            Remove(added);
        }

        foreach ((string name, byte[] content) in _files)
        {
            string path = Path.Combine(_root, name);
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
            {
                Put(name, content);
            }
        }
    }

    private IEnumerable<string> All() => Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(_root, f).Replace('\\', '/'))
        .Where(f => f.Contains('/', StringComparison.Ordinal));
}
