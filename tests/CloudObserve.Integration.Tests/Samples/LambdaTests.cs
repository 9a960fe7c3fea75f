using System.Globalization;
using System.Text.Json;
using CloudObserve.Integration.Tests.Storefront;

namespace CloudObserve.Integration.Tests.Samples;

public sealed class LambdaTests
{
    private static readonly string Program = BuiltProgram.PathOf("samples", "Lambda");

    [Fact]
    public async Task What_a_call_measured_is_printed_before_the_next_call()
    {
        (string Carrier, decimal Total)[] orders = [("ups", 12.5m), ("dhl", 2.25m), ("ups", 100m), ("gls", 0.75m)];
        using RunningProgram function = RunningProgram.Start(Program, [], "--CloudObserve:Metrics:PublishInterval=01:00:00");
        for (int i = 0; i < orders.Length; i++)
        {
            // Metrics are published once an hour by themselves: what comes now comes from the flush at the end of the call.
            decimal total = orders[i].Total;
            await function.TypeAsync(Event(i, orders[i].Carrier, total));
            await function.PrintedAsync(line => Values(line).Contains((double)total));
        }

        function.EndInput();
        await function.EndedAsync();

        Dictionary<SeriesName, SeriesTotals> found = PrintedDocuments.Read(function.Output);
        Assert.Equal(
            orders.GroupBy(o => o.Carrier).Select(c => (c.Key, c.Count(), (double)c.Sum(o => o.Total))).Order(),
            found.Where(s => s.Key.Metric == "OrderValue").Select(s => (s.Key.Pairs[0].Value, (int)s.Value.Count, s.Value.Sum)).Order());
        Assert.Equal(orders.Length, found.Where(s => s.Key.Metric == "OrdersShipped").Sum(s => s.Value.Sum));
        Assert.Equal(new SeriesTotals(1, 1), found[SeriesName.Of("ColdStarts", [])]);
    }

    [Fact]
    public async Task Nothing_but_documents_is_on_standard_output_and_an_event_that_cannot_be_read_is_counted()
    {
        using RunningProgram function = RunningProgram.Start(Program, []);
        await function.TypeAsync("no JSON");
        await function.TypeAsync("""{ "orderId": "order-1", "total": 3 }""");
        await function.TypeAsync(Event(2, "ups", 5));
        function.EndInput();
        await function.EndedAsync();

        Assert.All(function.Output, line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("_aws", out _), line));
        Dictionary<SeriesName, SeriesTotals> found = PrintedDocuments.Read(function.Output);
        Assert.Equal(new SeriesTotals(2, 2), found[SeriesName.Of("EventsRefused", [])]);
        Assert.Equal(new SeriesTotals(1, 5), found[SeriesName.Of("OrderValue", [("Carrier", "ups")])]);
        Assert.Contains(function.Errors, line => line.Contains("An event was refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_events_it_makes_up_as_many_as_it_is_told()
    {
        using RunningProgram function = RunningProgram.Start(Program, [], "--invocations", "7");
        await function.EndedAsync();

        Dictionary<SeriesName, SeriesTotals> found = PrintedDocuments.Read(function.Output);
        Assert.Equal(7, found.Where(s => s.Key.Metric == "OrdersShipped").Sum(s => s.Value.Sum));
    }

    private static string Event(int number, string carrier, decimal total) =>
        $$"""{ "orderId": "order-{{number.ToString(CultureInfo.InvariantCulture)}}", "carrier": "{{carrier}}", "total": {{total.ToString(CultureInfo.InvariantCulture)}} }""";

    // A document of one value has it plain, one of several has a list.
    private static IEnumerable<double> Values(string line) =>
        PrintedDocuments.Read([line]).Where(s => s.Key.Metric == "OrderValue").Select(s => s.Value.Sum);
}
