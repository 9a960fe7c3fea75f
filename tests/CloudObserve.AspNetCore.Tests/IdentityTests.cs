using System.Net;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.AspNetCore.Tests;

public sealed class IdentityTests
{
    [Fact]
    public async Task A_request_without_a_user_is_anonymous()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(Map);

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/open");

        Assert.Equal(AuditIdentity.Anonymous, app.Trail.Only.UserIdentity);
    }

    [Fact]
    public async Task A_user_is_recorded_with_id_name_and_session()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(Map, AuditedApp.WithUsers);

        using HttpResponseMessage answer = await app.SendAsync(
            HttpMethod.Post, "/managers", "sub=u-17;name=Anna;role=manager;amr=pwd;amr=mfa;auth_time=1790000000;iss=https://id.example");

        AuditIdentity found = app.Trail.Only.UserIdentity;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("WebIdentityUser", "u-17", "Anna"), (found.Type, found.PrincipalId, found.UserName));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1790000000), found.Session!.CreationDate);
        Assert.True(found.Session.MfaAuthenticated);
        Assert.Equal("https://id.example", found.Session.Issuer!.PrincipalId);
    }

    [Theory]
    [InlineData("name=Anna", "Anna", "Anna")]
    [InlineData("sub=u-17", "u-17", "u-17")]
    [InlineData("sub= ;name=Anna", "Anna", "Anna")]
    [InlineData("client_id=batch", "batch", "batch")]
    [InlineData("sub=u-17;email=anna@example.com", "u-17", "anna@example.com")]
    [InlineData("role=manager", "Unknown", "Unknown")]
    public async Task No_part_of_a_known_user_is_ever_empty(string claims, string principal, string name)
    {
        await using AuditedApp app = await AuditedApp.StartAsync(Map, AuditedApp.WithUsers);

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/open", claims);

        Assert.Equal((principal, name), (app.Trail.Only.UserIdentity.PrincipalId, app.Trail.Only.UserIdentity.UserName));
        Assert.Null(app.Trail.Only.UserIdentity.Session);
    }

    [Fact]
    public async Task A_host_says_itself_who_it_was()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(
            Map, b => b.AddCloudObserve()
                .WithAuditedEndpoints(o => o.Identify = c => new AuditIdentity("AssumedRole")
                {
                    PrincipalId = c.Request.Headers["X-Role"],
                }));

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/open", headers: ("X-Role", "deployer"));

        Assert.Equal(new AuditIdentity("AssumedRole") { PrincipalId = "deployer" }, app.Trail.Only.UserIdentity);
    }

    [Fact]
    public async Task Requests_that_authorization_refuses_are_recorded_and_their_code_does_not_run()
    {
        int runs = 0;
        await using AuditedApp app = await AuditedApp.StartAsync(
            a => a.MapDelete("/users/{id}", (string id) => ++runs).RequireAuthorization("Managers")
                .Audited("DeleteUser", "user/{id}"), AuditedApp.WithUsers);

        using HttpResponseMessage unknown = await app.SendAsync(HttpMethod.Delete, "/users/1");
        using HttpResponseMessage clerk = await app.SendAsync(HttpMethod.Delete, "/users/2", "sub=u-2;name=Ben;role=clerk");

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden], [unknown.StatusCode, clerk.StatusCode]);
        Assert.Equal(0, runs);
        Assert.Equal(["AccessDenied", "AccessDenied"], app.Trail.Events.Select(e => e.ErrorCode));
        Assert.Equal(["Anonymous", "Ben"], app.Trail.Events.Select(e => e.UserIdentity.UserName));
        Assert.Equal(["user/1", "user/2"], app.Trail.Events.Select(e => Assert.Single(e.Resources).Arn));
        Values.Equal("2", app.Trail.Events[1].RequestParameters, "id");
        Values.Equal(false, app.Trail.Events[1].AdditionalEventData, "actionRan");
    }

    [Fact]
    public async Task Refusals_are_seen_whatever_the_order_in_which_an_application_builds_its_pipeline()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(
            a =>
            {
                _ = a.UseExceptionHandler(e => e.Run(c => c.Response.WriteAsync("sorry")));
                _ = a.UseStatusCodePagesWithReExecute("/errors");
                _ = a.UseRouting().UseAuthentication().UseAuthorization();
                _ = a.Map("/errors", () => "an error page");
                Map(a);
            },
            AuditedApp.WithUsers);

        using HttpResponseMessage clerk = await app.SendAsync(HttpMethod.Post, "/managers", "sub=u-2;role=clerk");
        using HttpResponseMessage broken = await app.SendAsync(HttpMethod.Post, "/managers", "broken");

        Assert.Equal("an error page", await clerk.Content.ReadAsStringAsync());
        Assert.Equal("sorry", await broken.Content.ReadAsStringAsync());
        Assert.Equal(["ManagersOnly", "ManagersOnly"], app.Trail.Events.Select(e => e.EventName));
        Assert.Equal(["AccessDenied", "InvalidOperationException"], app.Trail.Events.Select(e => e.ErrorCode));
    }

    [Fact]
    public async Task A_user_who_is_sent_to_sign_in_was_refused()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(Map, b =>
        {
            _ = b.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
            _ = b.Services.AddAuthorizationBuilder().AddPolicy("Managers", p => p.RequireRole("manager"));
        });

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/managers");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("AccessDenied", app.Trail.Only.ErrorCode);
    }

    [Fact]
    public async Task A_request_that_is_sent_elsewhere_before_its_code_runs_is_no_success()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(a =>
        {
            _ = a.Use((HttpContext c, RequestDelegate _) =>
            {
                c.Response.Redirect("https://127.0.0.1/", permanent: false, preserveMethod: true);
                return Task.CompletedTask;
            });
            Map(a);
        });

        using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/open");

        Assert.Equal("NotPerformed", app.Trail.Only.ErrorCode);
    }

    [Fact]
    public async Task A_browsers_question_whether_it_may_ask_is_not_recorded()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(
            a =>
            {
                _ = a.UseCors(c => c.AllowAnyOrigin().AllowAnyMethod());
                Map(a);
            },
            b => b.Services.AddCors());

        using HttpResponseMessage answer = await app.SendAsync(
            HttpMethod.Options, "/open", headers: [("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST")]);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(app.Trail.Events);
    }

    [Fact]
    public async Task A_forwarded_address_counts_only_where_the_host_trusts_the_proxy()
    {
        await using AuditedApp plain = await AuditedApp.StartAsync(Map);
        await using AuditedApp behindProxy = await AuditedApp.StartAsync(a =>
        {
            _ = a.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
            Map(a);
        });
        await using AuditedApp behindOther = await AuditedApp.StartAsync(a =>
        {
            ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Add(IPAddress.Parse("192.0.2.1"));
            _ = a.UseForwardedHeaders(options);
            Map(a);
        });

        foreach (AuditedApp app in new[] { plain, behindProxy, behindOther })
        {
            using HttpResponseMessage answer = await app.SendAsync(HttpMethod.Post, "/open", headers: ("X-Forwarded-For", "203.0.113.7"));
        }

        Assert.Equal("127.0.0.1", plain.Trail.Only.SourceIPAddress);
        Assert.Equal("203.0.113.7", behindProxy.Trail.Only.SourceIPAddress);
        Assert.Equal("127.0.0.1", behindOther.Trail.Only.SourceIPAddress);
    }

    private static void Map(WebApplication app)
    {
        _ = app.MapPost("/open", () => "open").Audited("Open");
        if (app.Services.GetService<Microsoft.AspNetCore.Authorization.IAuthorizationService>() is not null)
        {
            _ = app.MapPost("/managers", () => "done").RequireAuthorization("Managers").Audited("ManagersOnly");
        }
    }
}
