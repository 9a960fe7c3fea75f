using CloudObserve.Pipeline;

namespace CloudObserve.Tests.Pipeline;

public sealed class BackgroundLoopTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_callers_context_stays_out_and_comes_through_unharmed(bool suppressed)
    {
        AsyncLocal<string?> ambient = new() { Value = "the caller's" };
        string? seen = "nothing ran";
        Task work;
        if (suppressed)
        {
            using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
            work = BackgroundLoop.Start(Look);
        }
        else
        {
            work = BackgroundLoop.Start(Look);
        }

        await work;
        Assert.Null(seen);
        Assert.Equal("the caller's", ambient.Value);

        Task Look()
        {
            seen = ambient.Value;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_returned_task_is_the_works_end_and_not_its_first_pause()
    {
        TaskCompletionSource pause = new();
        Task work = BackgroundLoop.Start(() => pause.Task);
        Assert.False(work.IsCompleted);
        pause.SetResult();
        await work;
    }
}
