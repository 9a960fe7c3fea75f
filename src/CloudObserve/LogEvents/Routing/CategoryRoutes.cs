using Microsoft.Extensions.Logging;

namespace CloudObserve.LogEvents.Routing;

/// <summary>Holds the router's data about one category: the matching rules and the routes in use.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class CategoryRoutes(RouteRule[] rules)
{
    // More than the days in CloudWatch's window for a few targets. Only times outside of the window, which callers have checked, could
    // exceed it.
    private const int MaxKnown = 64;

    // One route for each target and day. There are only a few: a level or two, and two days around midnight.
    private readonly List<(RouteTarget Target, int Day, LogRoute Route)> _routes = [];

    /// <summary>Gets or sets the router's round in which the category was last used.</summary>
    internal long UsedInRound { get; set; }

    internal RouteTarget TargetOf(LogLevel level)
    {
        foreach (RouteRule rule in rules)
        {
            if (level >= rule.MinimumLevel)
            {
                return rule.Target;
            }
        }

        // The last rule of every category matches all events.
        return rules[^1].Target;
    }

    internal LogRoute? Find(RouteTarget target, int day)
    {
        foreach ((RouteTarget knownTarget, int knownDay, LogRoute route) in _routes)
        {
            if (knownDay == day && ReferenceEquals(knownTarget, target))
            {
                return route;
            }
        }

        return null;
    }

    internal void Add(RouteTarget target, int day, LogRoute route)
    {
        if (_routes.Count == MaxKnown)
        {
            _routes.Clear();
        }

        _routes.Add((target, day, route));
    }

    internal void ForgetBefore(long round) => _routes.RemoveAll(known => known.Route.UsedInRound < round);
}
