using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Routing;

/// <summary>What the router knows of one category: the rules that are for it, and the routes in use.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class CategoryRoutes(RouteRule[] rules)
{
    // More days than CloudWatch's window has, for a few targets. Only times that nobody checked could ask for more.
    private const int MaxKnown = 64;

    // A target and a day for each route; a handful at most: a level or two, and two days around midnight.
    private readonly List<(RouteTarget Target, int Day, LogRoute Route)> _routes = [];

    /// <summary>Gets or sets the router's round in which the category was last seen.</summary>
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

        // The last rule of every category is the one for everything.
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
