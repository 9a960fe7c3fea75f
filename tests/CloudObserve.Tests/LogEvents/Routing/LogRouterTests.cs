using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.LogEvents.Routing;

public sealed class LogRouterTests
{
    private static readonly LogIdentity Identity = new("Shop", "Production", "web-1", "task7", "Shop.Host");
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] SomeCategories = ["a", "ab", "xb"];

    [Fact]
    public void The_first_rule_that_fits_decides()
    {
        LogRouter router = NewRouter(
            "{instance}",
            new LogRouteOptions { Category = "Shop.Audit*", LogGroup = "/shop/audit" },
            new LogRouteOptions { MinimumLevel = LogLevel.Error, LogStream = "errors" },
            new LogRouteOptions { Category = "*.Audit*", LogStream = "never for Shop.Audit" });

        Assert.Equal("/shop/audit task7", Names(router.Route("shop.audit.Login", LogLevel.Error, Noon)));
        Assert.Equal("/shop errors", Names(router.Route("Shop.Orders", LogLevel.Critical, Noon)));
        Assert.Equal("/shop never for Shop.Audit", Names(router.Route("Web.Audit", LogLevel.Information, Noon)));
        Assert.Equal("/shop task7", Names(router.Route("Shop.Orders", LogLevel.Warning, Noon)));
    }

    [Fact]
    public void A_question_mark_or_backslash_in_a_pattern_means_itself()
    {
        LogRouter router = NewRouter("s", new LogRouteOptions { Category = "A?\\*", LogStream = "odd" });
        Assert.Equal("/shop odd", Names(router.Route("A?\\b", LogLevel.Information, Noon)));
        Assert.Equal("/shop s", Names(router.Route("AB\\b", LogLevel.Information, Noon)));
    }

    [Fact]
    public void The_date_is_the_UTC_day_of_the_event()
    {
        LogRouter router = NewRouter("{date}");
        DateTimeOffset lateInNewYork = new(2026, 11, 19, 23, 30, 0, TimeSpan.FromHours(-5));
        Assert.Equal("/shop 2026-11-20", Names(router.Route("a", LogLevel.Information, lateInNewYork)));
        Assert.Equal("/shop 2026-11-19", Names(router.Route("a", LogLevel.Information, Noon.AddHours(-12.5))));
    }

    [Fact]
    public void Equal_names_are_one_route()
    {
        LogRouter router = NewRouter("{instance}", new LogRouteOptions { Category = "a", LogStream = "task7" });
        Assert.Same(router.Route("a", LogLevel.Information, Noon), router.Route("b", LogLevel.Error, Noon));
    }

    [Fact]
    public void Known_categories_and_days_are_found_without_allocating()
    {
        LogRouter router = NewRouter("{category}/{date}", new LogRouteOptions
        {
            Category = "*b",
            MinimumLevel = LogLevel.Error,
            LogStream = "errors",
        });
        RouteSome(router);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RouteSome(router);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Beyond_the_bound_events_share_the_route_of_other_categories()
    {
        LogRouter router = NewRouter("{category}/{date}", maxRoutes: 3);
        HashSet<LogRoute> routes = [];
        for (int i = 0; i < 100; i++)
        {
            _ = routes.Add(router.Route($"c{i}", LogLevel.Information, Noon));
        }

        Assert.Equal(["c0/2026-11-20", "c1/2026-11-20", "c2/2026-11-20", "other/2026-11-20"], routes.Select(r => r.LogStream));

        LogRoute nextDay = router.Route("c99", LogLevel.Information, Noon.AddDays(1));
        Assert.Equal("other/2026-11-21", nextDay.LogStream);
        Assert.Same(nextDay, router.Route("c98", LogLevel.Information, Noon));
    }

    [Fact]
    public void Beyond_the_bound_nothing_is_allocated_either()
    {
        LogRouter router = NewRouter("{category}", 1, new LogRouteOptions { Category = "x*", LogStream = "x" });
        RouteSome(router);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RouteSome(router);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Idle_routes_are_released_and_used_ones_are_kept()
    {
        LogRouter router = NewRouter("{category}");
        LogRoute used = router.Route("used", LogLevel.Information, Noon);
        LogRoute idle = router.Route("idle", LogLevel.Information, Noon);
        List<LogRoute> released = [];

        router.ReleaseIdle(released);
        Assert.Empty(released);
        _ = router.Route("used", LogLevel.Information, Noon);
        router.ReleaseIdle(released);

        Assert.Equal([idle], released);
        Assert.Same(used, router.Route("used", LogLevel.Information, Noon));
        Assert.NotSame(idle, router.Route("idle", LogLevel.Information, Noon));
    }

    [Fact]
    public void Room_that_was_released_is_used_again()
    {
        LogRouter router = NewRouter("{category}", maxRoutes: 1);
        _ = router.Route("a", LogLevel.Information, Noon);
        Assert.Equal("other", router.Route("b", LogLevel.Information, Noon).LogStream);
        List<LogRoute> released = [];
        router.ReleaseIdle(released);
        router.ReleaseIdle(released);
        Assert.Equal(2, released.Count);
        Assert.Equal("b", router.Route("b", LogLevel.Information, Noon).LogStream);
    }

    private static void RouteSome(LogRouter router)
    {
        foreach (string category in SomeCategories)
        {
            for (LogLevel level = LogLevel.Trace; level < LogLevel.None; level++)
            {
                _ = router.Route(category, level, Noon);
                _ = router.Route(category, level, Noon.AddDays(-1));
            }
        }
    }

    private static string Names(LogRoute route) => $"{route.LogGroup} {route.LogStream}";

    private static LogRouter NewRouter(string stream, params LogRouteOptions[] rules) =>
        NewRouter(stream, LogRouter.DefaultMaxRoutes, rules);

    private static LogRouter NewRouter(string stream, int maxRoutes, params LogRouteOptions[] rules) =>
        new("/shop", stream, rules, Identity, maxRoutes);
}
