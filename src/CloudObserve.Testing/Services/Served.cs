namespace CloudObserve.Testing.Services;

/// <summary>Represents the result of a served request.</summary>
/// <param name="Content">The content of the answer.</param>
/// <param name="Count">The number of accepted log events or samples.</param>
internal readonly record struct Served(string Content, long Count)
{
    internal static readonly Served Nothing = new("", 0);
}
