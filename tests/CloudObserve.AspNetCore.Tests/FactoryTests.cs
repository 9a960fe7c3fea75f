using System.Net;
using CloudObserve.Delivery;
using CloudObserve.HostedShop;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>Hosts the application many times at once in the test process, as an application's own tests do.</summary>
public sealed class FactoryTests : IDisposable
{
    private const int Factories = 8;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Applications_of_many_factories_at_once_keep_their_books_apart()
    {
        int[] orders = [.. Enumerable.Range(1, Factories)];

        // Each has orders of its own number, so that none can pass for another.
        CloudObserveStatus[] found = await Task.WhenAll(orders.Select(n => OrderAsync(n)));

        Assert.Equal(orders.Select(n => (long)n), found.Select(s => s.MetricFilters.Single().Matched));
        Assert.Equal(orders.Select(n => (long)n), found.Select(s => s.Signals.Single(x => x.Signal == "audit").Delivered));

        // Of each order one sample of its own, and one that the filter makes of its event. What the host itself logs may still be under
        // way.
        Assert.Equal(orders.Select(n => n * 2L), found.Select(s => s.Signals.Single(x => x.Signal == "metrics").Delivered));
        Assert.All(found.SelectMany(s => s.Signals), s => Assert.Empty(s.Lost));
    }

    [Fact]
    public async Task A_test_puts_a_sink_of_its_own_in_the_place_of_the_applications()
    {
        CountingSink sink = new();
        _ = await OrderAsync(3, services => services.AddCloudObserve().UseSink(_ => sink));

        Assert.InRange(sink.Items, 3, int.MaxValue);
    }

    private async Task<CloudObserveStatus> OrderAsync(int orders, Action<IServiceCollection>? configure = null)
    {
        DirectoryInfo directory = _directory.CreateSubdirectory(Guid.NewGuid().ToString());
        await using WebApplicationFactory<HostedShopMarker> first = new();
        await using WebApplicationFactory<HostedShopMarker> factory = first.WithWebHostBuilder(b =>
        {
            _ = b.UseSetting("directory", directory.FullName);
            _ = b.ConfigureTestServices(s => configure?.Invoke(s));
        });
        using HttpClient http = factory.CreateClient();
        for (int i = 0; i < orders; i++)
        {
            using HttpResponseMessage answer = await http.PostAsync(new Uri($"/orders/{i}", UriKind.Relative), null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        ICloudObserve library = factory.Services.GetRequiredService<ICloudObserve>();
        Assert.True((await library.FlushAsync()).Completed);
        return library.GetStatus();
    }

    private sealed class CountingSink : IBatchSink
    {
        private int _items;

        public int Items => Volatile.Read(ref _items);

        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
        {
            _ = Interlocked.Add(ref _items, batch.ItemCount);
            return ValueTask.FromResult(SendResult.Delivered());
        }
    }
}
