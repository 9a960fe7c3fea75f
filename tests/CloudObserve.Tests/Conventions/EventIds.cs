using System.Diagnostics.Tracing;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Somebody alarms on an event's id or name: each means one thing. Log events share one space per assembly, trace events one per source.
/// </summary>
internal static class EventIds
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    internal static List<string> Violations(Assembly assembly)
    {
        Event[] logged = [.. assembly.GetTypes().SelectMany(t => LogMethods(t).Concat(EventIdFields(t)))];
        Type[] sources = [.. assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(EventSource)))];
        return [
            .. logged.Where(e => e.Id <= 0).Select(e => $"{e.Where} has no event id"),
            .. Duplicates(logged.Where(e => e.Id > 0)),
            .. sources.SelectMany(t => Duplicates(TraceMethods(t))),
            .. sources.Select(ManifestFault).OfType<string>(),
        ];
    }

    private static IEnumerable<Event> LogMethods(Type type) =>
        from method in type.GetMethods(All)
        let log = method.GetCustomAttribute<LoggerMessageAttribute>()
        where log is not null
        select new Event(log.EventId, log.EventName ?? method.Name, $"{type.FullName}.{method.Name}");

    private static IEnumerable<Event> EventIdFields(Type type) =>
        from field in type.GetFields(All)
        where field.IsStatic && field.FieldType == typeof(EventId) && !type.ContainsGenericParameters
        let id = (EventId)field.GetValue(null)!
        select new Event(id.Id, id.Name ?? field.Name, $"{type.FullName}.{field.Name}");

    private static IEnumerable<Event> TraceMethods(Type type) =>
        from method in type.GetMethods(All)
        let trace = method.GetCustomAttribute<EventAttribute>()
        where trace is not null
        select new Event(trace.EventId, method.Name, $"{type.FullName}.{method.Name}");

    private static IEnumerable<string> Duplicates(IEnumerable<Event> events)
    {
        Event[] all = [.. events];
        return Repeated(all.GroupBy(e => $"id {e.Id}")).Concat(Repeated(all.GroupBy(e => $"name {e.Name}")));
    }

    private static IEnumerable<string> Repeated(IEnumerable<IGrouping<string, Event>> groups) =>
        groups.Where(g => g.Count() > 1).Select(g => $"event {g.Key} is used by {string.Join(" and ", g.Select(e => e.Where))}");

    private static string? ManifestFault(Type source)
    {
        try
        {
            // Strict reads the IL too: an event whose method writes another id than its attribute says is found here.
            return EventSource.GenerateManifest(source, "unused.dll", EventManifestOptions.Strict) is null
                ? $"{source.FullName} has no manifest" : null;
        }
        catch (ArgumentException exception)
        {
            return $"{source.FullName}: {exception.Message}";
        }
    }

    private sealed record Event(int Id, string Name, string Where);
}
