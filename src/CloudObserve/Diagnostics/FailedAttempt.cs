namespace CloudObserve.Diagnostics;

/// <summary>An attempt to deliver that failed and is retried.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Destination">The description of the destination.</param>
/// <param name="ErrorClass">The name of the error class.</param>
/// <param name="Code">The code of the error.</param>
/// <param name="Message">The message of the error.</param>
internal readonly record struct FailedAttempt(
    string Signal, string Operation, string Destination, string ErrorClass, string Code, string Message)
{
    /// <summary>Gets the number of the attempt, which begins at 1.</summary>
    internal int Attempt { get; init; } = 1;

    /// <summary>Gets the pause until the next attempt. It is zero if a host's own resilience pipeline determines it.</summary>
    internal TimeSpan Pause { get; init; }

    /// <summary>Gets the first advice for the error.</summary>
    internal string Hint { get; init; } = ErrorHint.For(ErrorClass, Operation);
}
