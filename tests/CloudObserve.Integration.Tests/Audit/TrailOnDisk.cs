using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Integration.Tests.Audit;

/// <summary>Reads a trail's directory without the code that wrote it, except for names and hashes.</summary>
internal static class TrailOnDisk
{
    /// <summary>Lets a new process's part of the library recover and seal all that is there.</summary>
    internal static async Task SealAsync(string directory, Action<AuditTrailOptions>? configure = null)
    {
        ServiceCollection services = new();
        _ = services.AddCloudObserve().WithAuditTrail(a =>
        {
            a.Directory = directory;
            configure?.Invoke(a);
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IAuditTrail>().RecordAsync(new AuditEvent("LastRecord"));
    }

    /// <summary>
    /// Reads all sealed records in the order of their numbers, and fails unless they are one unbroken chain from the first.
    /// </summary>
    internal static List<(string EventId, string EventName)> ReadChain(string directory)
    {
        List<(TrailStamp Stamp, byte[] Line)> records = [.. new TrailLayout(directory).Files()
            .Where(f => f.Kind == TrailFileKind.Log)
            .SelectMany(f => Records(Path.Combine(directory, f.Key)))
            .OrderBy(r => r.Stamp.Sequence)];
        TrailHead before = new(0, RecordHash.None);
        foreach ((TrailStamp stamp, byte[] line) in records)
        {
            Assert.Equal(new TrailStamp(before.Sequence + 1, before.Hash), stamp);
            before = new TrailHead(stamp.Sequence, RecordHash.Of(line));
        }

        return [.. records.Select(r => Names(r.Line))];
    }

    private static IEnumerable<(TrailStamp Stamp, byte[] Line)> Records(string path)
    {
        using FileStream file = File.OpenRead(path);
        using GZipStream zip = new(file, CompressionMode.Decompress);
        using JsonDocument content = JsonDocument.Parse(zip);
        foreach (JsonElement record in content.RootElement.GetProperty("Records").EnumerateArray())
        {
            byte[] line = Encoding.UTF8.GetBytes(record.GetRawText());
            Assert.True(TrailStamp.TryRead(line, out TrailStamp stamp));
            yield return (stamp, line);
        }
    }

    private static (string EventId, string EventName) Names(byte[] line)
    {
        using JsonDocument record = JsonDocument.Parse(line);
        return (record.RootElement.GetProperty("eventID").GetString()!, record.RootElement.GetProperty("eventName").GetString()!);
    }
}
