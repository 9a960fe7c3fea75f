using CloudObserve.Sinks.CloudWatch.Logs;

namespace CloudObserve.Tests.Sinks.CloudWatch.Logs;

public sealed class SharedRunsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SharedRuns<string, int> _runs = new();

    [Fact]
    public async Task Callers_of_one_key_share_a_run_and_those_of_another_do_not()
    {
        TaskCompletionSource<int> slow = new();
        int started = 0;
        Task<int> Run(string key)
        {
            Interlocked.Increment(ref started);
            return key == "a" ? slow.Task : Task.FromResult(2);
        }

        Task<int>[] callers = [.. Enumerable.Range(0, 8).Select(_ => _runs.JoinAsync("a", Run))];
        int other = await _runs.JoinAsync("b", Run).WaitAsync(Patience);
        slow.SetResult(1);

        Assert.Equal(Enumerable.Repeat(1, 8), await Task.WhenAll(callers).WaitAsync(Patience));
        Assert.Equal((2, 2), (other, started));
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_run_that_has_ended_whether_well_or_not()
    {
        Assert.Equal(1, await _runs.JoinAsync("a", _ => Task.FromResult(1)).WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _runs.JoinAsync("a", _ => throw new InvalidOperationException()).WaitAsync(Patience));
        Assert.Equal(3, await _runs.JoinAsync("a", _ => Task.FromResult(3)).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_run_has_nothing_of_its_callers_context()
    {
        AsyncLocal<string> ambient = new() { Value = "request 42" };
        string? seen = "not run";

        await _runs.JoinAsync("a", _ =>
        {
            seen = ambient.Value;
            return Task.FromResult(0);
        }).WaitAsync(Patience);

        Assert.Null(seen);
    }

    [Fact]
    public async Task Of_threads_that_race_never_two_run_at_a_time_for_one_key()
    {
        const int Threads = 8;
        const int Rounds = 500;
        int running = 0;
        int overlaps = 0;
        async Task<int> Run(string key)
        {
            overlaps += Interlocked.Increment(ref running) > 1 ? 1 : 0;
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return 0;
        }

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                await _runs.JoinAsync("a", Run);
            }
        }))).WaitAsync(Patience);

        Assert.Equal(0, overlaps);
        Assert.Equal(7, await _runs.JoinAsync("a", _ => Task.FromResult(7)).WaitAsync(Patience));
    }
}
