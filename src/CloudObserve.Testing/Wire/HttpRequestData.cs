namespace CloudObserve.Testing.Wire;

/// <summary>Represents a request as received.</summary>
internal sealed record HttpRequestData(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string Header(string name) => Headers.TryGetValue(name, out string? value) ? value : "";
}
