using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Tests.Sinks.CloudWatch;

public sealed class SharedCreationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Callers_that_come_meanwhile_share_one_attempt()
    {
        int calls = 0;
        using ManualResetEventSlim go = new();
        SharedCreation<object> creation = new(() =>
        {
            Interlocked.Increment(ref calls);
            go.Wait(Patience);
            return new object();
        });

        Task<object>[] callers = [.. Enumerable.Range(0, 8).Select(_ => creation.GetAsync(CancellationToken.None))];
        Assert.Null(creation.Existing);
        go.Set();
        object[] made = await Task.WhenAll(callers).WaitAsync(Patience);

        Assert.Equal(1, calls);
        Assert.Same(creation.Existing, Assert.Single(made.Distinct()));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        int calls = 0;
        SharedCreation<string> creation = new(() => ++calls == 1 ? throw new InvalidOperationException("no region") : "client");

        await Assert.ThrowsAsync<InvalidOperationException>(() => creation.GetAsync(CancellationToken.None));

        Assert.Equal("client", await creation.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_attempt()
    {
        using ManualResetEventSlim go = new();
        SharedCreation<string> creation = new(() =>
        {
            go.Wait(Patience);
            return "client";
        });
        using CancellationTokenSource impatient = new();

        Task<string> gaveUp = creation.GetAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        go.Set();

        Assert.Equal("client", await creation.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_callers_execution_context_does_not_flow_in()
    {
        AsyncLocal<string> ambient = new() { Value = "request 42" };
        SharedCreation<string> creation = new(() => ambient.Value ?? "nothing");

        Assert.Equal("nothing", await creation.GetAsync(CancellationToken.None));
    }
}
