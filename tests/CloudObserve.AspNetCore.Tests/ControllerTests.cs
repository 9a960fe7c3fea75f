using System.Net;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.AspNetCore.Tests;

public sealed class ControllerTests
{
    [Fact]
    public async Task Actions_are_recorded_by_their_attributes_and_those_of_their_controller()
    {
        await using AuditedApp app = await StartAsync();

        using HttpResponseMessage deleted = await app.SendAsync(HttpMethod.Delete, "/products/42");
        using HttpResponseMessage changed = await app.SendAsync(HttpMethod.Put, "/products/tea/price?price=5&other=1");
        using HttpResponseMessage listed = await app.SendAsync(HttpMethod.Get, "/products");

        Assert.Equal(["DeleteProduct", "ChangePrice", "ListProducts"], app.Trail.Events.Select(e => e.EventName));
        Assert.Equal(["DeleteProduct", "ListProducts"], app.Trail.Intents.Select(e => e.EventName));
        Assert.Equal(new AuditResource("product/42", "Shop::Product"), Assert.Single(app.Trail.Events[0].Resources));
        Assert.Equal(["id"], Values.Of(app.Trail.Events[0].RequestParameters));
        Assert.Equal(["id", "price"], Values.Of(app.Trail.Events[1].RequestParameters));
        Assert.All(app.Trail.Events, e => Assert.Null(e.ErrorCode));
    }

    [Fact]
    public async Task An_action_that_fails_is_recorded_with_why()
    {
        await using AuditedApp app = await StartAsync();

        using HttpResponseMessage missing = await app.SendAsync(HttpMethod.Delete, "/products/none");
        using HttpResponseMessage broken = await app.SendAsync(HttpMethod.Put, "/products/beer/price?price=5");

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        Assert.Equal(["NotFound", "InvalidOperationException"], app.Trail.Events.Select(e => e.ErrorCode));
    }

    [Fact]
    public async Task An_audited_action_does_not_run_in_an_application_that_does_not_record()
    {
        WebApplicationBuilder builder = BareWebApplication.CreateBuilder();
        _ = builder.Services.AddControllers().AddApplicationPart(typeof(ProductsController).Assembly);
        await using WebApplication app = builder.Build();
        _ = app.MapControllers();
        await app.StartAsync();
        int runs = ProductsController.Runs;

        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        using HttpResponseMessage answer = await http.GetAsync(new Uri("/products", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(runs, ProductsController.Runs);
    }

    private static Task<AuditedApp> StartAsync() => AuditedApp.StartAsync(
        a => a.MapControllers(),
        b => b.Services.AddControllers().AddApplicationPart(typeof(ProductsController).Assembly));
}
