namespace CloudObserve.Testing.Wire;

/// <summary>Represents an answer.</summary>
/// <remarks>With a code it is an AWS error; without one, it is a success or a page that is not from AWS.</remarks>
internal sealed record ScriptedAnswer(int Status, string Code, string Content)
{
    internal static readonly ScriptedAnswer Empty = new(200, "", "{}");

    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the number of accepted log events or samples.</summary>
    internal long Count { get; init; }

    /// <summary>Gets the offset of the answer's <c>Date</c> header from the real time.</summary>
    internal TimeSpan? ClockOffset { get; init; }
}
