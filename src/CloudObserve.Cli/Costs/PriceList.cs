using System.Globalization;
using System.Text.Json;

namespace CloudObserve.Cli.Costs;

/// <summary>Holds the prices for an estimate: the built-in list or a file.</summary>
/// <param name="Currency">The currency of all prices.</param>
/// <param name="Region">The region of the prices.</param>
/// <param name="Date">The date of the list.</param>
/// <param name="Prices">The prices by billed item.</param>
internal sealed record PriceList(string Currency, string Region, string Date, IReadOnlyDictionary<string, Price> Prices)
{
    internal const string CustomMetric = "customMetric";
    internal const string PutMetricData = "putMetricData";
    internal const string LogIngestionStandard = "logIngestionStandard";
    internal const string LogIngestionInfrequentAccess = "logIngestionInfrequentAccess";
    internal const string LogStorage = "logStorage";

    private const string Resource = "prices.json";

    private static readonly string[] Needed = [CustomMetric, PutMetricData, LogIngestionStandard, LogIngestionInfrequentAccess, LogStorage];

    internal Price this[string name] => Prices[name];

    internal static Stream OpenDefault() => typeof(PriceList).Assembly.GetManifestResourceStream(Resource)!;

    /// <summary>Reads a price list.</summary>
    /// <param name="path">The file; null for the built-in list.</param>
    /// <exception cref="CommandException">The file does not exist or is not a valid price list.</exception>
    internal static PriceList Read(string? path)
    {
        if (path is not null)
        {
            InputFile.Check(path);
        }

        try
        {
            using Stream file = path is null ? OpenDefault() : File.OpenRead(path);
            PriceList list = JsonSerializer.Deserialize(file, PriceListContext.Default.PriceList) ?? throw new JsonException("It is null.");
            return list.Faults() is []
                ? list : throw new CommandException($"the prices in {path} are invalid:\n{string.Join('\n', list.Faults())}");
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{path} is not a price list: {Describe(exception)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(exception.Message);
        }
    }

    // The serializer names types of this program and of .NET, which say nothing to a user.
    private static string Describe(JsonException exception) =>
        exception.Message.Contains("could not be converted to", StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture,
            $"the value at {exception.Path} in line {exception.LineNumber + 1} has the wrong type")
        : exception.Message
            .Replace($"JSON deserialization for type '{typeof(PriceList).FullName}' was missing", "it misses", StringComparison.Ordinal)
            .Replace($"JSON deserialization for type '{typeof(Price).FullName}' was missing", "a price misses", StringComparison.Ordinal)
            .Replace($"JSON deserialization for type '{typeof(PriceTier).FullName}' was missing", "a tier of a price misses",
                StringComparison.Ordinal);

    private string[] Faults() =>
    [
        .. Needed.Where(n => !Prices.ContainsKey(n)).Select(static n => $"'{n}' is missing"),
        .. Prices.Select(static p => (p.Key, Fault: p.Value.Fault())).Where(static p => p.Fault is not null)
            .Select(static p => $"'{p.Key}' {p.Fault}"),
    ];
}
