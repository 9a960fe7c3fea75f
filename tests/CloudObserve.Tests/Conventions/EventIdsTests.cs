namespace CloudObserve.Tests.Conventions;

public sealed class EventIdsTests
{
    [Fact]
    public void Every_event_has_an_id_and_a_name_of_its_own() => Rule.Holds(
        "Event ids and names are unique, and event sources have a valid manifest.",
        Repository.ShippedAssemblies.SelectMany(EventIds.Violations));

    [Theory]
    [InlineData("[LoggerMessage(EventId = 7)] static void One() { } [LoggerMessage(7, LogLevel.Debug, \"\")] static void Two() { }",
        "event id 7 is used by Planted.Log.One and Planted.Log.Two")]
    [InlineData("const int Id = 7; [LoggerMessage(EventId = Id)] static void One() { } static class Deep { static readonly EventId Two = new(7, \"Two\"); }", "event id 7 is used by Planted.Log.One and Planted.Log+Deep.Two")]
    [InlineData("[LoggerMessage(EventId = 7)] static void One() { } [LoggerMessage(EventId = 8, EventName = \"One\")] static void Two() { }", "event name One is used by")]
    [InlineData("[LoggerMessage(LogLevel.Debug, \"\")] static void One() { }", "Planted.Log.One has no event id")]
    public void A_planted_log_event_is_caught(string members, string named) => Rule.Catches(
        named,
        EventIds.Violations(
            Planted.Build($"using Microsoft.Extensions.Logging; namespace Planted; static class Log {{ {members} }}").Assembly));

    [Fact]
    public void A_planted_duplicate_in_an_event_source_is_caught() => Assert.Contains(
        EventIds.Violations(Source("[Event(3)] public void One() => WriteEvent(3); [Event(3)] public void Two() => WriteEvent(3);")),
        v => v.Contains("event id 3 is used by Planted.Trace.One and Planted.Trace.Two", StringComparison.Ordinal));

    [Fact]
    public void A_planted_event_source_that_writes_another_id_is_caught() => Rule.Catches(
        "Planted.Trace: ",
        EventIds.Violations(Source("[Event(3)] public void One() => WriteEvent(4);")));

    [Fact]
    public void A_sound_event_source_passes() => Assert.Empty(
        EventIds.Violations(
            Source("[Event(3)] public void One() => WriteEvent(3); [Event(4)] public void Two(string what) => WriteEvent(4, what);")));

    private static System.Reflection.Assembly Source(string members) =>
        Planted.Build($"using System.Diagnostics.Tracing; namespace Planted; [EventSource(Name = \"Planted\")] sealed class Trace : EventSource {{ {members} }}").Assembly;
}
