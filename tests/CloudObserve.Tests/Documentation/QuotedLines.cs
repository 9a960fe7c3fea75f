using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CloudObserve.Audit;
using CloudObserve.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Documentation;

/// <summary>
/// Holds log lines that a document quotes, in the form of the console's logger, against the messages that the library logs.
/// </summary>
internal static partial class QuotedLines
{
    private static readonly Dictionary<int, string> Categories = new()
    {
        [1] = Log.MisuseCategory,
        [2] = Log.DeliveryCategory,
        [3] = Log.DeliveryCategory,
        [4] = Log.HostCategory,
        [5] = AuditMessages.Category,
        [9] = Log.InternalCategory,
    };

    private static readonly Dictionary<LogLevel, string> Levels = new()
    {
        [LogLevel.Debug] = "dbug",
        [LogLevel.Information] = "info",
        [LogLevel.Warning] = "warn",
        [LogLevel.Error] = "fail",
        [LogLevel.Critical] = "crit",
    };

    private static readonly Dictionary<int, LoggerMessageAttribute> Messages = typeof(Log).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.NonPublic))
        .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>())
        .OfType<LoggerMessageAttribute>()
        .ToDictionary(m => m.EventId);

    internal static IEnumerable<string> Violations(string text) => Quoted().Matches(text).SelectMany(Faults);

    /// <summary>Returns the warnings and errors that the document does not explain.</summary>
    internal static IEnumerable<string> Unexplained(string text)
    {
        int[] quoted = [.. Quoted().Matches(text).Select(IdOf)];
        return Messages.Values.Where(m => m.Level >= LogLevel.Warning && !quoted.Contains(m.EventId))
            .Select(m => $"{m.EventId} {m.EventName} is not in the document");
    }

    private static IEnumerable<string> Faults(Match line)
    {
        int id = IdOf(line);
        if (!Messages.TryGetValue(id, out LoggerMessageAttribute? message))
        {
            return [$"no message has the id {id}"];
        }

        string expected = $"{Levels[message.Level]}: {Categories[id / 100]}[{id}]";
        string actual = line.Groups["head"].Value;
        return [
            .. actual == expected ? Array.Empty<string>() : [$"'{actual}' should be '{expected}'"],
            .. Template(message.Message).IsMatch(line.Groups["message"].Value)
                ? Array.Empty<string>() : [$"{id} says '{message.Message}', not '{line.Groups["message"].Value}'"],
        ];
    }

    private static int IdOf(Match line) => int.Parse(line.Groups["id"].Value, CultureInfo.InvariantCulture);

    /// <summary>The message with anything in place of its placeholders.</summary>
    private static Regex Template(string message) => new("^" + string.Join(".*", Placeholder().Split(message).Select(Regex.Escape)) + "$");

    [GeneratedRegex(@"^(?<head>[a-z]{4}: CloudObserve[\w.]*\[(?<id>\d+)\])\r?\n      (?<message>.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
