using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.Audit.Files;

namespace CloudObserve.Tests.Audit.Trails;

/// <summary>Somebody who can write every file of a trail, but has not the key that signs its digests.</summary>
internal sealed partial class Forger(TrailLayout layout)
{
    private TrailHead _head;

    internal IReadOnlyList<TrailFile> Digests => [.. layout.Files().Where(f => f.Kind == TrailFileKind.Digest).OrderBy(f => f.Time)];

    internal string PathOf(TrailFile file) => layout.PathOf(file.Key);

    /// <summary>Changes records, and makes the chain of all that follow, the journal and the head fit again.</summary>
    /// <param name="change">Changes a record.</param>
    internal void Rewrite(Func<string, string> change)
    {
        _head = default;
        foreach (string path in layout.Files().Where(f => f.Kind == TrailFileKind.Log).Select(PathOf).OrderBy(p => Sequence(Records(p)[0]))
            .ToArray())
        {
            string[] records = [.. Records(path).Select(r => Chained(change(r)))];
            File.WriteAllBytes(path, TestTrail.Compress(Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}""")));
        }

        if (File.Exists(layout.ActiveFile))
        {
            string[] lines = File.ReadAllText(layout.ActiveFile).TrimEnd(' ').Split('\n', StringSplitOptions.RemoveEmptyEntries);
            File.WriteAllText(layout.ActiveFile, string.Concat(lines.Select(l => Chained(change(l)) + "\n")));
        }

        File.WriteAllBytes(layout.HeadFile, new JournalHead(_head).ToFile());
    }

    /// <summary>Takes the newest digests away, with their signatures.</summary>
    internal void DeleteDigests(int keep)
    {
        foreach (string path in Digests.Skip(keep).Select(PathOf))
        {
            File.Delete(path);
            File.Delete(path + TrailLayout.SignatureSuffix);
        }
    }

    /// <summary>
    /// Writes a digest over another one that vouches for the files as they are now, and pretends that it was signed with another key.
    /// </summary>
    internal void ForgeDigest(TrailFile file)
    {
        string content = Encoding.UTF8.GetString(TestTrail.Decompress(File.ReadAllBytes(PathOf(file))));
        content = Fingerprint().Replace(content, $"\"digestPublicKeyFingerprint\":\"{new string('0', 32)}\"");
        foreach (TrailFile log in layout.Files().Where(f => f.Kind == TrailFileKind.Log))
        {
            string hash = TestTrail.Hash(TestTrail.Decompress(File.ReadAllBytes(PathOf(log))));
            content = Regex.Replace(content, $"(\"s3Object\":\"{Regex.Escape(log.Key)}\",\"hashValue\":\")[0-9a-f]+", "${1}" + hash);
        }

        File.WriteAllBytes(PathOf(file), TestTrail.Compress(Encoding.UTF8.GetBytes(content)));
        File.WriteAllText(PathOf(file) + TrailLayout.SignatureSuffix, new string('a', 512));
    }

    private static string[] Records(string path)
    {
        using JsonDocument content = JsonDocument.Parse(TestTrail.Decompress(File.ReadAllBytes(path)));
        return [.. content.RootElement.GetProperty("Records").EnumerateArray().Select(r => r.GetRawText())];
    }

    private static long Sequence(string record) =>
        TrailStamp.TryRead(Encoding.UTF8.GetBytes(record), out TrailStamp stamp)
            ? stamp.Sequence : throw new InvalidOperationException(record);

    private string Chained(string record)
    {
        record = Anchor().Replace(record, "");
        record = Previous().Replace(record, $"\"previousHash\":\"{_head.Hash}\"", 1);
        _head = new TrailHead(Sequence(record), RecordHash.Of(Encoding.UTF8.GetBytes(record)));
        return record;
    }

    [GeneratedRegex("\"digestPublicKeyFingerprint\":\"[0-9a-f]+\"")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(",\"digest\":\\{\"object\"[^}]*\\}")]
    private static partial Regex Anchor();

    [GeneratedRegex("\"previousHash\":\"[0-9a-f]{64}\"")]
    private static partial Regex Previous();
}
