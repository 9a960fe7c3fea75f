namespace CloudObserve.Testing.Wire;

/// <summary>A request as it came over the connection.</summary>
internal sealed record HttpRequestData(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string Header(string name) => Headers.TryGetValue(name, out string? value) ? value : "";
}
