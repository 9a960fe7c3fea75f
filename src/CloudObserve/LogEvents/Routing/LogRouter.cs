using CloudObserve.Logs;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LogEvents.Routing;

/// <summary>Determines the log group and stream of an event.</summary>
/// <remarks>
/// Names are created once for each category and day, and found later without allocating. The day is that of the event, not of the clock, so
/// that a stream named by date contains the events of that day. The number of routes is limited: events beyond the limit go to the route of
/// category <c>other</c>, and none is lost. <see cref="ReleaseIdle"/> must be called from time to time to release unused routes.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogRouter
{
    /// <summary>The default limit on routes, and on categories.</summary>
    internal const int DefaultMaxRoutes = 1_000;

    private readonly LogIdentity _identity;
    private readonly int _maxRoutes;
    private readonly RouteRule[] _rules;
    private readonly Dictionary<string, CategoryRoutes> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Stream), LogRoute> _routes = [];
    private readonly Dictionary<RouteTarget, (int Day, LogRoute Route)> _overflow = [];

    // Set if all events have the same target, as in most applications. Then categories need not be looked up.
    private readonly CategoryRoutes? _forAll;
    private long _round = 1;

    /// <summary>Initializes a new instance of the <see cref="LogRouter"/> class.</summary>
    /// <remarks><see cref="LogRules"/> has validated the templates.</remarks>
    /// <param name="logGroup">The group of events that match no rule.</param>
    /// <param name="logStream">The stream of events that match no rule.</param>
    /// <param name="rules">The rules in order; the first match decides.</param>
    /// <param name="identity">The values of placeholders.</param>
    /// <param name="maxRoutes">The limit on routes, and on categories.</param>
    internal LogRouter(
        string logGroup, string logStream, IEnumerable<LogRouteOptions> rules, LogIdentity identity, int maxRoutes = DefaultMaxRoutes)
    {
        _identity = identity;
        _maxRoutes = maxRoutes;
        RouteRule RuleOf(LogRouteOptions rule) => new(
            rule.Category, rule.MinimumLevel, TargetOf(rule.LogGroup ?? logGroup, rule.LogStream ?? logStream));
        _rules = [.. rules.Select(RuleOf), new RouteRule("*", LogLevel.Trace, TargetOf(logGroup, logStream))];
        _forAll = _rules.Length == 1 && !_rules[0].Target.UsesCategory ? new CategoryRoutes(_rules) : null;
    }

    /// <summary>Returns the route of an event.</summary>
    /// <param name="category">The category of the event.</param>
    /// <param name="level">The level of the event.</param>
    /// <param name="time">
    /// The time of the event, which must be within the window that CloudWatch accepts. This limits the number of days.
    /// </param>
    internal LogRoute Route(string category, LogLevel level, DateTimeOffset time)
    {
        CategoryRoutes? known = _forAll;
        if (known is null && !_categories.TryGetValue(category, out known))
        {
            if (_categories.Count >= _maxRoutes)
            {
                return Use(Overflow(TargetFor(category, level), time));
            }

            _categories[category] = known = RoutesOf(category);
        }

        known.UsedInRound = _round;
        RouteTarget target = known.TargetOf(level);
        int day = target.UsesDate ? DayOf(time).DayNumber : 0;
        return Use(known.Find(target, day) ?? Resolve(known, target, category, time, day));
    }

    /// <summary>Releases the routes and categories that no event has used since the last call.</summary>
    /// <param name="released">Receives the released routes. The caller must seal their open requests and release their state.</param>
    internal void ReleaseIdle(ICollection<LogRoute> released)
    {
        long oldest = _round++;
        foreach (((string, string) name, LogRoute route) in _routes)
        {
            if (route.UsedInRound < oldest)
            {
                released.Add(route);
                _routes.Remove(name);
            }
        }

        _forAll?.ForgetBefore(oldest);
        foreach ((string category, CategoryRoutes known) in _categories)
        {
            known.ForgetBefore(oldest);
            if (known.UsedInRound < oldest)
            {
                _categories.Remove(category);
            }
        }

        foreach ((RouteTarget target, (_, LogRoute route)) in _overflow)
        {
            if (route.UsedInRound < oldest)
            {
                _overflow.Remove(target);
            }
        }
    }

    private static RouteTarget TargetOf(string logGroup, string logStream) =>
        new(LogTemplate.Parse(logGroup, NameKind.LogGroup), LogTemplate.Parse(logStream, NameKind.LogStream));

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private LogRoute Use(LogRoute route)
    {
        route.UsedInRound = _round;
        return route;
    }

    // A separate method, because the closure of a lambda is allocated on entry, and Route must not allocate.
    private CategoryRoutes RoutesOf(string category) => new([.. _rules.Where(r => r.IsFor(category))]);

    private RouteTarget TargetFor(string category, LogLevel level)
    {
        foreach (RouteRule rule in _rules)
        {
            if (level >= rule.MinimumLevel && rule.IsFor(category))
            {
                return rule.Target;
            }
        }

        return _rules[^1].Target;
    }

    private LogRoute Resolve(CategoryRoutes known, RouteTarget target, string category, DateTimeOffset time, int day)
    {
        (string Group, string Stream) name = target.Render(_identity, category, DayOf(time));
        if (!_routes.TryGetValue(name, out LogRoute? route))
        {
            route = _routes.Count < _maxRoutes ? Create(name) : Overflow(target, time);
        }

        known.Add(target, day, route);
        return route;
    }

    // One route for each target, for the newest day seen: an overflow that grows would not limit anything. So the number of routes may
    // exceed the limit by the number of targets.
    private LogRoute Overflow(RouteTarget target, DateTimeOffset time)
    {
        int day = target.UsesDate ? DayOf(time).DayNumber : 0;
        if (_overflow.TryGetValue(target, out (int Day, LogRoute Route) known) && known.Day >= day)
        {
            return known.Route;
        }

        (string Group, string Stream) name = target.Render(_identity, LogTemplate.OtherCategories, DayOf(time));
        LogRoute route = _routes.TryGetValue(name, out LogRoute? existing) ? existing : Create(name);
        _overflow[target] = (day, route);
        return route;
    }

    private LogRoute Create((string Group, string Stream) name)
    {
        LogRoute route = new(name.Group, name.Stream);
        _routes[name] = route;
        return route;
    }
}
