using System.Text.Json;

namespace CloudObserve.Tests.Sinks.Local.Recorded;

/// <summary>
/// Reads what the real services answered in September 2026, kept as resources of this assembly: one row for each request.
/// </summary>
internal static class Recording
{
    internal static JsonElement[] Rows(string file)
    {
        using Stream stream = typeof(Recording).Assembly.GetManifestResourceStream(file)!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(row => row.Clone())];
    }

    internal static TheoryData<string> Names(string file) => [.. Rows(file).Select(row => row.GetProperty("name").GetString()!)];

    internal static JsonElement Row(string file, string name) => Rows(file).Single(row => row.GetProperty("name").GetString() == name);
}
