using CloudObserve.Audit;
using CloudObserve.Testing;
using CloudObserve.Tests.Audit.Trails;

namespace CloudObserve.Tests.Audit;

/// <summary>Tests that the package verifies and finds the records it has written.</summary>
public sealed class RealTrailTests : IDisposable
{
    private readonly TrailDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_trail_that_is_being_written_is_intact_and_its_events_are_found()
    {
        await RunAsync(3);
        await RunAsync(2);
        TrailRun run = new(_directory, _time);
        await RecordAsync(run, 4);

        AuditVerification verdict = await Verify();
        AuditPage page = await run.Trail.LookupAsync(new AuditLookup { UserName = "user1" });

        Assert.Empty(verdict.Findings);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes, 9L, 4L),
            (verdict.Intact, verdict.Complete, verdict.Records, verdict.UndigestedRecords));
        Assert.Equal(["Event1", "Event1", "Event1"], page.Records.Select(r => r.EventName));
        await run.StopAsync();
        Assert.Equal((AuditAnswer.Yes, 0L), ((await Verify()).Intact, (await Verify()).UndigestedRecords));
    }

    [Fact]
    public async Task Each_file_changed_cut_or_removed_is_reported()
    {
        await RunAsync(3);
        await RunAsync(2);
        Evidence evidence = new(_directory.Layout.Directory);
        foreach (string name in evidence.Names.Where(n => evidence[n].Length > 0))
        {
            byte[] content = evidence[name];
            for (int at = 12; at < content.Length - 9; at += 211)
            {
                byte[] flipped = [.. content];
                flipped[at] ^= 0x10;
                await AssertReported(evidence, name, flipped);
            }

            await AssertReported(evidence, name, content[..^1]);
            await AssertReported(evidence, name, [.. content, .. content[^8..]]);
            await AssertReported(evidence, name, null);
        }
    }

    private async Task AssertReported(Evidence evidence, string name, byte[]? content)
    {
        if (content is null)
        {
            evidence.Remove(name);
        }
        else
        {
            evidence.Put(name, content);
        }

        AuditVerification verdict = await Verify();
        evidence.Restore();
        Assert.True(verdict.Intact != AuditAnswer.Yes || verdict.Complete != AuditAnswer.Yes, $"A change of {name} was not seen.");
        Assert.Contains(verdict.Findings,
            f => (f.Place + f.Message).Contains(name.Replace(".sig", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private async Task RunAsync(int records)
    {
        TrailRun run = new(_directory, _time);
        await RecordAsync(run, records);
        await run.StopAsync();
        _time.Advance(TimeSpan.FromMinutes(3));
    }

    private static async Task RecordAsync(TrailRun run, int records)
    {
        for (int i = 0; i < records; i++)
        {
            await run.Trail.RecordAsync(new AuditEvent($"Event{i}")
            {
                UserIdentity = new AuditIdentity("IAMUser") { UserName = $"user{i}" },
            });
        }
    }

    private Task<AuditVerification> Verify() =>
        new AuditTrailVerifier(_directory.Layout.Directory, new AuditVerificationOptions { TimeProvider = _time }).VerifyAsync();
}
