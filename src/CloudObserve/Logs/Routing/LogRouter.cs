using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Routing;

/// <summary>Says which log group and stream an event goes to.</summary>
/// <remarks>
/// Names are made once for each category and day, and then found again without allocating. The day is that of the event, not of the clock, so
/// that a stream named by a date holds that day. How many routes live at once is bounded: beyond the bound events go where category
/// <c>other</c> goes, and none is lost. <see cref="ReleaseIdle"/>, called now and then, forgets what is no longer used.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogRouter
{
    /// <summary>How many routes, and how many categories, are kept unless told otherwise.</summary>
    internal const int DefaultMaxRoutes = 1_000;

    private readonly LogIdentity _identity;
    private readonly int _maxRoutes;
    private readonly RouteRule[] _rules;
    private readonly Dictionary<string, CategoryRoutes> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Stream), LogRoute> _routes = [];
    private readonly Dictionary<RouteTarget, (int Day, LogRoute Route)> _overflow = [];

    // Set when every event goes the same way, as most applications have it: then no category needs to be looked up.
    private readonly CategoryRoutes? _forAll;
    private long _round = 1;

    /// <summary>Initializes a new instance of the <see cref="LogRouter"/> class. The templates are valid: <see cref="LogRules"/> has checked them.</summary>
    /// <param name="logGroup">The group of everything that no rule is for.</param>
    /// <param name="logStream">The stream of everything that no rule is for.</param>
    /// <param name="rules">The rules, first match first.</param>
    /// <param name="identity">Who is logging.</param>
    /// <param name="maxRoutes">How many routes, and how many categories, are kept at once.</param>
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

    /// <summary>Gets how many routes are in use.</summary>
    internal int RouteCount => _routes.Count;

    /// <summary>Gives the route of an event.</summary>
    /// <param name="category">Its category.</param>
    /// <param name="level">Its level.</param>
    /// <param name="time">Its time, checked to lie in the window that CloudWatch accepts: it bounds how many days are told apart.</param>
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

    /// <summary>Forgets the routes and categories that no event has needed since the last call.</summary>
    /// <param name="released">Gets the routes that were forgotten; their open requests are to be sealed and their state let go.</param>
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

    // A method of its own, because what a lambda captures is allocated on entry: Route must not.
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

    // One for each target, that of the newest day seen: a bound that itself grows would be none. The routes may pass theirs by these few.
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
