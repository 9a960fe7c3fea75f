namespace CloudObserve.Testing.Services;

/// <summary>What came of a request that was served.</summary>
/// <param name="Content">The content of the answer.</param>
/// <param name="Count">How many log events or samples were taken.</param>
internal readonly record struct Served(string Content, long Count)
{
    internal static readonly Served Nothing = new("", 0);
}
