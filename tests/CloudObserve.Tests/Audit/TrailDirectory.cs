using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Journal;
using CloudObserve.Audit.Records;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Audit;

/// <summary>A trail's directory for one test, with what a test does to its journal.</summary>
internal sealed class TrailDirectory : IDisposable
{
    private static readonly RecordDefaults Defaults = new("shop", "111122223333", "eu-west-1", "host");

    private readonly DirectoryInfo _directory;

    /// <param name="path">A directory that need not exist; without it, one is made.</param>
    internal TrailDirectory(string? path = null)
    {
        _directory = path is null ? Directory.CreateTempSubdirectory("trail") : new DirectoryInfo(path);
        Layout = new TrailLayout(_directory.FullName);
    }

    internal TrailLayout Layout { get; }

    internal FaultyStorage Storage { get; } = new();

    internal QuietObserver Observer { get; } = new();

    internal LossLedger Ledger { get; } = new("audit", new RecordingEvents());

    internal RecoveredJournal? Recovered { get; private set; }

    public void Dispose()
    {
        if (_directory.Exists)
        {
            _directory.Delete(recursive: true);
        }
    }

    internal static EncodedRecord Record(string name)
    {
        using RecordEncoder encoder = new(Defaults, redactor: null);
        return encoder.Encode(new AuditEvent(name), new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));
    }

    internal static string Name(string line)
    {
        using JsonDocument record = JsonDocument.Parse(line);
        return record.RootElement.GetProperty("eventName").GetString()!;
    }

    internal AuditJournal Open(int maxWaiting = 1000, TimeProvider? time = null)
    {
        Storage.CreateDirectory(Layout.JournalDirectory);
        Recovered = new JournalRecovery(Storage, Layout, TimeProvider.System).Run(newestSealed: default, hasFiles: false);
        JournalWriter writer = new(Storage, Layout, new JournalHead(Recovered.Head), Observer, TimeProvider.System);
        TrailProgress progress = new([], long.MaxValue, TimeProvider.System);
        return new AuditJournal(writer, maxWaiting, Ledger, Observer, progress, time ?? TimeProvider.System);
    }

    /// <summary>Writes records as an earlier process would have.</summary>
    internal async Task<string[]> FillAsync(int records)
    {
        using AuditJournal journal = Open();
        for (int i = 1; i <= records; i++)
        {
            await journal.AppendAsync(Record($"Action{i}"));
        }

        return Lines();
    }

    internal string[] Lines() => LinesOf(Layout.ActiveFile);

    internal static string[] LinesOf(string path) => Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads a file of the journal without the room behind its lines; nothing when it is not there.</summary>
    internal static string Text(string path) => File.Exists(path) ? File.ReadAllText(path).TrimEnd(' ') : "";

    internal TrailHead Head()
    {
        JournalHead? head = JournalHead.Read(File.ReadAllBytes(Layout.HeadFile));
        Assert.NotNull(head);
        return head.Newest;
    }

    /// <summary>Fails unless the active file is whole lines in an unbroken chain that ends at the head.</summary>
    internal void AssertChain(long first = 1)
    {
        string text = Text(Layout.ActiveFile);
        Assert.True(text.Length == 0 || text[^1] == '\n', "half a line at the end");
        TrailHead before = new(first - 1, RecordHash.None);
        foreach (byte[] line in Lines().Select(System.Text.Encoding.UTF8.GetBytes))
        {
            Assert.True(TrailStamp.TryRead(line, out TrailStamp stamp));
            Assert.Equal(before.Sequence + 1, stamp.Sequence);
            if (before.Hash != RecordHash.None || stamp.Sequence == 1)
            {
                Assert.Equal(before.Hash, stamp.PreviousHash);
            }

            before = new TrailHead(stamp.Sequence, RecordHash.Of(line));
        }

        Assert.Equal(before, Head());
    }
}
