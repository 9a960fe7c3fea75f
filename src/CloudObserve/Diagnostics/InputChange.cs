namespace CloudObserve.Diagnostics;

/// <summary>Data of the application that is kept in a changed form.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Cause">The cause. The log has one entry for each cause and subject.</param>
/// <param name="Subject">The name of the thing that was changed.</param>
/// <param name="Change">The change.</param>
/// <param name="Count">The number of changed items.</param>
internal readonly record struct InputChange(string Signal, string Cause, string Subject, string Change, long Count);
