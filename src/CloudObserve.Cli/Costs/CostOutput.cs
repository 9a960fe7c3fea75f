using System.Globalization;
using System.Text;
using System.Text.Json;
using CloudObserve.Cli.Filters;

namespace CloudObserve.Cli.Costs;

/// <summary>Prints an estimate as text or as JSON.</summary>
internal static class CostOutput
{
    internal static void WriteTable(TextWriter output, CostEstimate estimate, PriceList prices)
    {
        foreach (CostLine line in estimate.Lines)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{line.Item,-28} {line.Quantity,14:#,##0.##} {UnitOf(line),-15} {line.Cost,10:0.00}  {Name(line.Origin)}: {line.How}"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"total",-28} {"",14} {prices.Currency + " a month",-15} {estimate.Total,10:0.00}  {prices.Region}, prices of {prices.Date}"));
        foreach (string remark in estimate.Remarks)
        {
            output.WriteLine(remark);
        }
    }

    internal static void WriteJson(TextWriter output, CostEstimate estimate, PriceList prices)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Encoder = MatchWriter.Encoder }))
        {
            json.WriteStartObject();
            json.WriteNumber("total", Math.Round(estimate.Total, 4));
            json.WriteString("currency", prices.Currency);
            json.WriteString("region", prices.Region);
            json.WriteString("date", prices.Date);
            json.WriteStartArray("lines");
            foreach (CostLine line in estimate.Lines)
            {
                Write(json, line);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, CostLine line)
    {
        json.WriteStartObject();
        json.WriteString("item", line.Item);
        json.WriteNumber("quantity", Math.Round(line.Quantity, 4));
        json.WriteString("unit", line.Unit);
        json.WriteNumber("cost", Math.Round(line.Cost, 4));
        json.WriteString("origin", Name(line.Origin));
        json.WriteString("how", line.How);
        json.WriteEndObject();
    }

    // A unit that ends in a capital, such as GB, has no plural. A unit of several words is printed as the price list has it.
    private static string UnitOf(CostLine line) =>
        Math.Round(line.Quantity, 2) == 1 || !char.IsAsciiLetterLower(line.Unit[^1]) || line.Unit.Contains(' ', StringComparison.Ordinal)
            ? line.Unit : line.Unit + "s";

    private static string Name(UsageOrigin origin) => JsonNamingPolicy.CamelCase.ConvertName(origin.ToString());
}
