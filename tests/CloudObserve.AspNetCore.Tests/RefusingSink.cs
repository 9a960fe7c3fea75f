using CloudObserve.Delivery;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>A destination that refuses everything in words of its own.</summary>
internal sealed class RefusingSink(string code, string words) : IBatchSink
{
    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SendResult.Failed(ErrorClass.Invalid, code, words));
}
