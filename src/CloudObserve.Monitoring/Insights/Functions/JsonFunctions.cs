using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Contains the functions of maps and lists.</summary>
internal static class JsonFunctions
{
    internal static IEnumerable<ScalarFunction> All =>
    [
        new("jsonParse", 1, 1, static arguments => JsonAccess.Parse(arguments[0])),
        new("jsonStringify", 1, 1, static arguments =>
            arguments[0].IsMissing ? LogValue.Missing : LogValue.FromText(JsonAccess.Stringify(arguments[0]))),
        new("jsonArraySize", 1, 1, static arguments =>
            Elements(arguments[0]) is { } list ? LogValue.From((double)list.Count) : LogValue.Missing),
        new("jsonArrayContains", 2, 2, static arguments => Elements(arguments[0]) is { } list
            ? LogValue.From(list.Any(element => LogComparison.AreEqual(element, arguments[1]) == true))
            : LogValue.Missing),
    ];

    // A list, or the text of one.
    private static List<LogValue>? Elements(in LogValue value) => JsonAccess.Elements(JsonAccess.Parse(value));
}
