namespace CloudObserve.Diagnostics;

/// <summary>A loss of data.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Reason">The name of the loss reason.</param>
/// <param name="Count">The number of lost items.</param>
/// <param name="Detail">Which data was lost, and how to prevent it.</param>
/// <param name="Item">The beginning of the first lost item, or <see langword="null"/>. It is application data, so it belongs in the
/// application's log, and must not appear in health or status.</param>
internal readonly record struct DataLoss(string Signal, string Reason, long Count, string Detail, string? Item = null)
{
    /// <summary>Gets the description for the log.</summary>
    internal string Text => Item is null ? Detail : $"{Detail}; the first item: {Item}";
}
