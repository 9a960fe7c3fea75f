namespace CloudObserve.Testing.Wire;

/// <summary>What the service answers. A code makes it an error in AWS's shape; without one, a success or a stranger's page.</summary>
internal sealed record ServiceAnswer(int Status, string Code, string Content)
{
    internal static readonly ServiceAnswer Empty = new(200, "", "{}");

    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets how many log events or samples were taken.</summary>
    internal long Count { get; init; }

    /// <summary>Gets how far the <c>Date</c> of the answer is ahead of the real time.</summary>
    internal TimeSpan? ClockOffset { get; init; }
}
