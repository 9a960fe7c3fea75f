using System.Net;
using System.Net.Http.Json;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CloudObserve.AspNetCore.Tests;

public sealed class EndpointTests
{
    [Fact]
    public async Task An_audited_endpoint_is_recorded_with_what_it_did_to_what_and_from_where()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
            a.MapDelete("/products/{id}", (string id) => Results.NoContent())
                .Audited("DeleteProduct", "product/{id}", o => o.ResourceType = "Shop::Product"));

        using HttpResponseMessage answer =
            await app.SendAsync(HttpMethod.Delete, "/products/42?secret=1", headers: ("User-Agent", "till/1.0"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        AuditEvent found = app.Trail.Only;
        Assert.Equal("DeleteProduct", found.EventName);
        Assert.Equal(new AuditResource("product/42", "Shop::Product"), Assert.Single(found.Resources));
        Assert.Equal(["id"], Values.Of(found.RequestParameters));
        Values.Equal("42", found.RequestParameters, "id");
        Assert.Equal("127.0.0.1", found.SourceIPAddress);
        Assert.Equal("till/1.0", found.UserAgent);
        Assert.False(string.IsNullOrEmpty(found.RequestId));
        Assert.Equal(AuditEventCategory.Management, found.EventCategory);
        Assert.Null(found.ErrorCode);
        Assert.False(found.ReadOnly);
        Values.Equal("DELETE", found.AdditionalEventData, "httpMethod");
        Values.Equal("/products/{id}", found.AdditionalEventData, "httpRoute");
        Values.Equal(204, found.AdditionalEventData, "httpStatusCode");
        Assert.True(found.AdditionalEventData!.Contains("traceId"));
        Assert.Equal(AuditGuarantee.BeforeReturn, app.Trail.OnlyGuarantee);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_audited_is_not_recorded()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.MapGet("/products", () => "tea");
            _ = a.MapDelete("/products", () => "gone").Audited("DeleteProducts");
        });

        Assert.Equal("tea", await app.Http.GetStringAsync("/products"));
        using HttpResponseMessage missing = await app.SendAsync(HttpMethod.Get, "/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Empty(app.Trail.Events);
    }

    [Fact]
    public async Task A_body_is_never_recorded_and_a_query_only_where_it_is_named()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
            a.MapPost("/orders/{id}", (string id, [Microsoft.AspNetCore.Mvc.FromBody] string[] lines) => lines.Length)
                .Audited("ChangeOrder",
                    configure: o => { o.QueryParameters.Add("reason"); o.QueryParameters.Add("tag"); o.QueryParameters.Add("none"); }));

        using HttpResponseMessage answer =
            await app.Http.PostAsJsonAsync("/orders/7?reason=late&tag=a&tag=b&token=secret", new[] { "body" });

        Assert.Equal("1", await answer.Content.ReadAsStringAsync());
        Assert.Equal(["id", "reason", "tag"], Values.Of(app.Trail.Only.RequestParameters));
        Values.Equal("late", app.Trail.Only.RequestParameters, "reason");
        Assert.Null(app.Trail.Only.ResponseElements);
    }

    [Fact]
    public async Task Route_values_can_be_left_out()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
            a.MapPost("/reset/{token}", (string token) => token.Length)
                .Audited("ResetPassword", configure: o => o.RouteParameters = false));

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/reset/secret");

        Assert.Null(app.Trail.Only.RequestParameters);
    }

    [Fact]
    public async Task What_an_endpoint_says_goes_before_what_its_groups_say_member_by_member()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            RouteGroupBuilder outer = a.MapGroup("/admin")
                .Audited("Administer", "shop", o => { o.Category = AuditEventCategory.Data; o.QueryParameters.Add("a"); });
            RouteGroupBuilder inner = outer.MapGroup("/products")
                .Audited(o => { o.Guarantee = AuditGuarantee.BeforeAction; o.EventSource = "products.shop"; });
            _ = inner.MapPost("/{id}", (string id) => id)
                .Audited("ChangeProduct", "product/{id}", o => { o.EventSource = "prices.shop"; o.QueryParameters.Add("b"); });
            _ = inner.MapPut("/{id}", (string id) => id);
        });

        using HttpResponseMessage own = await app.SendAsync(HttpMethod.Post, "/admin/products/1?a=x&b=y");
        using HttpResponseMessage grouped = await app.SendAsync(HttpMethod.Put, "/admin/products/2");

        Assert.Equal(["ChangeProduct", "Administer"], app.Trail.Events.Select(e => e.EventName));
        Assert.Equal(["product/1", "shop"], app.Trail.Events.Select(e => Assert.Single(e.Resources).Arn));
        Assert.Equal(["prices.shop", "products.shop"], app.Trail.Events.Select(e => e.EventSource));
        Assert.All(app.Trail.Events, e => Assert.Equal(AuditEventCategory.Data, e.EventCategory));
        Assert.Equal(["id", "a", "b"], Values.Of(app.Trail.Events[0].RequestParameters));
        Assert.Equal(2, app.Trail.Intents.Count);
    }

    [Fact]
    public async Task The_endpoints_of_a_group_are_named_by_a_delegate_or_by_their_own_names()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.MapGroup("/a").Audited().MapPost("/", () => "").WithName("LockUser");
            RouteGroupBuilder named = a.MapGroup("/b")
                .Audited(o => o.EventNameFrom = e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName + "ByGroup");
            _ = named.MapPost("/", () => "").WithName("UnlockUser");
            _ = named.MapPut("/", () => "").Audited("Other");
        });

        using HttpResponseMessage first = await app.SendAsync(HttpMethod.Post, "/a");
        using HttpResponseMessage second = await app.SendAsync(HttpMethod.Post, "/b");
        using HttpResponseMessage third = await app.SendAsync(HttpMethod.Put, "/b");

        Assert.Equal(["LockUser", "UnlockUserByGroup", "Other"], app.Trail.Events.Select(e => e.EventName));
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    public async Task The_method_tells_whether_a_request_only_reads_unless_the_endpoint_does(string method, bool readOnly)
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.MapMethods("/export", [method], () => "").Audited("Export");
            _ = a.MapMethods("/other", [method], () => "").Audited("Other", configure: o => o.ReadOnly = !readOnly);
        });

        using HttpResponseMessage byMethod = await app.SendAsync(new HttpMethod(method), "/export");
        using HttpResponseMessage said = await app.SendAsync(new HttpMethod(method), "/other");

        Assert.Equal([readOnly, !readOnly], app.Trail.Events.Select(e => e.ReadOnly));
    }

    [Fact]
    public async Task Code_adds_what_only_it_knows()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.MapPost("/refund",
                (HttpContext context) => context.Audit(e => e with { ResponseElements = new AuditData { ["refunded"] = 12.5m } }))
                    .Audited("Refund");
            _ = a.MapPost("/sign-in",
                (HttpContext context) => context.Audit(
                    e => e with { ErrorCode = "WrongPassword", UserIdentity = new AuditIdentity("IAMUser") { UserName = "anna" } }))
                        .Audited("SignIn");
            _ = a.MapPost("/plain", (HttpContext context) => context.Audit(e => e with { ErrorCode = "Never" }));
        });

        using HttpResponseMessage refund = await app.SendAsync(HttpMethod.Post, "/refund");
        using HttpResponseMessage signIn = await app.SendAsync(HttpMethod.Post, "/sign-in");
        using HttpResponseMessage plain = await app.SendAsync(HttpMethod.Post, "/plain");

        Assert.Equal("false", await plain.Content.ReadAsStringAsync());
        Assert.Equal(2, app.Trail.Events.Length);
        Values.Equal(12.5m, app.Trail.Events[0].ResponseElements, "refunded");
        Assert.Equal("WrongPassword", app.Trail.Events[1].ErrorCode);
        Assert.Equal("anna", app.Trail.Events[1].UserIdentity.UserName);
    }

    [Fact]
    public async Task What_has_begun_to_be_answered_can_no_longer_be_changed()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a => a.MapPost("/", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begun ");
            await context.Response.WriteAsync(context.Audit(e => e with { ErrorCode = "TooLate" }).ToString());
        }).Audited("Act"));

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/");

        Assert.Equal("begun False", await answer.Content.ReadAsStringAsync());
        Assert.Null(app.Trail.Only.ErrorCode);
    }

    [Fact]
    public async Task A_route_that_is_branched_off_is_audited_too()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a => a.Map("/branch", branch => branch
            .UseRouting()
            .UseEndpoints(e => e.MapPost("/act/{id}", (string id) => id).Audited("Act", "thing/{id}"))));

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/branch/act/1");

        Assert.Equal("1", await answer.Content.ReadAsStringAsync());
        Assert.Equal("thing/1", Assert.Single(app.Trail.Only.Resources).Arn);
    }
}
