namespace CloudObserve.Diagnostics;

/// <summary>A batch that the service refused for its content, and that is halved to find the invalid item.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Destination">The description of the destination.</param>
/// <param name="Items">The number of items of the batch.</param>
/// <param name="Code">The code of the refusal.</param>
/// <param name="Message">The message of the refusal.</param>
internal readonly record struct SplitBatch(
    string Signal, string Operation, string Destination, int Items, string Code, string Message);
