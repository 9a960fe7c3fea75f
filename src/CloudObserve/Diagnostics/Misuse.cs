namespace CloudObserve.Diagnostics;

/// <summary>A call of the application that broke a rule.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Reason">The name of the loss reason.</param>
/// <param name="Subject">The name of the thing that broke the rule. The log has one entry for each subject.</param>
/// <param name="Rule">The broken rule.</param>
internal readonly record struct Misuse(string Signal, string Reason, string Subject, string Rule)
{
    /// <summary>Gets the rule for health and status if <see cref="Rule"/> may quote data of the application; otherwise
    /// <see langword="null"/>.</summary>
    internal string? PublicRule { get; init; }
}
