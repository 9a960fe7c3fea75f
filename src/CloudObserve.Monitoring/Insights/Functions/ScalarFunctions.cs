using System.Collections.Frozen;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Holds the functions of values, by their names in any case.</summary>
internal static class ScalarFunctions
{
    private static readonly FrozenDictionary<string, ScalarFunction> ByName =
        NumberFunctions.All.Concat(TextFunctions.All).Concat(EncodingFunctions.All).Concat(GeneralFunctions.All)
            .Concat(JsonFunctions.All).Concat(AddressFunctions.All).Concat(DateFunctions.All)
            .ToFrozenDictionary(static function => function.Name, StringComparer.OrdinalIgnoreCase);

    internal static IEnumerable<string> Names => ByName.Values.Select(static function => function.Name);

    internal static ScalarFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
