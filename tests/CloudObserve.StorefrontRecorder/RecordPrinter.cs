using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.StorefrontRecorder;

/// <summary>Prints the record as a line before the shop's report, which is the last line.</summary>
/// <remarks>
/// The services are disposed after the host has stopped, the newest first. The embedded CloudWatch is older than its
/// reader, so it can still be read.
/// </remarks>
internal sealed class RecordPrinter(PublishedTotals published, StoredLogs logs) : IHostedService, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        var record = new { Published = published.Take(), StoredLogs = logs.Count() };
        Console.WriteLine($"recorded: {JsonSerializer.Serialize(record, JsonSerializerOptions.Web)}");
    }
}
