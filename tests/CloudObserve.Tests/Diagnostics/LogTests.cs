using System.Reflection;
using CloudObserve.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Diagnostics;

public sealed class LogTests
{
    private static LoggerMessageAttribute[] Messages =>
        [.. typeof(Log).Assembly.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.NonPublic))
            .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Every_message_has_an_id_and_a_name_of_its_own()
    {
        Assert.True(Messages.Length >= 10);
        Assert.Equal(Messages.Length, Messages.Select(m => m.EventId).Distinct().Count());
        Assert.Equal(Messages.Length, Messages.Select(m => m.EventName).Distinct().Count());
    }

    [Fact]
    public void Every_id_lies_in_a_block_and_every_name_is_given()
    {
        Assert.All(Messages, m => Assert.Contains(m.EventId / 100, new[] { 1, 2, 3, 4, 5, 9 }));
        Assert.All(Messages, m => Assert.False(string.IsNullOrEmpty(m.EventName)));
    }
}
