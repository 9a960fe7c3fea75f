using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Lambda;

/// <summary>Provides the events for the function: the lines of standard input, or generated ones with <c>--invocations</c>.</summary>
internal static class Invocations
{
    private const int MadeUp = 5;

    private static readonly string[] Carriers = ["dhl", "gls", "ups"];

    public static IAsyncEnumerable<string> ReadAsync(IConfiguration configuration)
    {
        int? count = configuration["invocations"] is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;
        return count is null && Console.IsInputRedirected
            ? LinesAsync() : Enumerable.Range(1, count ?? MadeUp).Select(MakeUp).ToAsyncEnumerable();
    }

    private static async IAsyncEnumerable<string> LinesAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            yield return line;
        }
    }

    private static string MakeUp(int number)
    {
        OrderEvent order = new($"order-{number.ToString(CultureInfo.InvariantCulture)}", Carriers[number % Carriers.Length], number * 2.5m);
        return JsonSerializer.Serialize(order, OrderEventContext.Default.OrderEvent);
    }
}
