using CloudObserve.Audit;
using CloudObserve.Audit.Journal;

namespace CloudObserve.Tests.Audit.Journal;

/// <summary>
/// The journal against its model: whatever fails in whatever order, what was acknowledged is there, in order and in one chain, what was
/// refused is not, and no line is half.
/// </summary>
public sealed class JournalFaultsTests
{
    private static readonly string[] Faults = ["write", "flush", "cut", "move", "open", "flushdir"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Random_faults_lose_nothing_that_was_acknowledged_and_keep_nothing_that_was_refused(int seed)
    {
        using TrailDirectory trail = new();
        Random random = new(seed);
        List<string> acknowledged = [];
        for (int run = 0; run < 3; run++)
        {
            using AuditJournal journal = trail.Open();
            for (int i = 0; i < 15; i++)
            {
                string name = $"{run}-{i}";
                Plant(trail.Storage, random);
                try
                {
                    if (random.Next(5) == 0)
                    {
                        _ = await journal.RotateAsync();
                    }

                    await journal.AppendAsync(TrailDirectory.Record(name));
                    acknowledged.Add(name);
                }
                catch (Exception exception) when (exception is AuditTrailException or IOException)
                {
                    // Refused: it must not be there.
                }
            }

            trail.Storage.Heal();
            await journal.AppendAsync(TrailDirectory.Record($"{run}-end"));
            acknowledged.Add($"{run}-end");
            Assert.Equal(acknowledged, Names(trail));
            Assert.Null(trail.Recovered!.DamagedFile);
        }
    }

    private static void Plant(FaultyStorage storage, Random random)
    {
        string? fault = random.Next(2) == 0 ? Faults[random.Next(Faults.Length)] : null;
        string? other = random.Next(4) == 0 ? Faults[random.Next(Faults.Length)] : null;
        storage.NextWriteTakes = random.Next(6) == 0 ? random.Next(600) : null;

        // The head is told apart: it never refuses a record.
        storage.Fail((operation, path) => (operation == fault || operation == other)
            && !path.EndsWith("journal.head", StringComparison.Ordinal));
    }

    private static List<string> Names(TrailDirectory trail)
    {
        string text = TrailDirectory.Text(trail.Layout.SealingFile) + TrailDirectory.Text(trail.Layout.ActiveFile);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(TrailDirectory.Name)];
    }
}
