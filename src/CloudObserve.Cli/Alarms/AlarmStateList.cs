using System.Text.RegularExpressions;
using CloudObserve.Monitoring;
using CloudObserve.Monitoring.Alarms;

namespace CloudObserve.Cli.Alarms;

/// <summary>Reads lists of alarms and their states, such as <c>a=ALARM,b=OK</c>.</summary>
/// <remarks>
/// A name ends at an equals sign that a state follows, so it may contain commas and equals signs. It may stand in double quotes.
/// </remarks>
internal static partial class AlarmStateList
{
    /// <exception cref="CommandException">The text is invalid, or an alarm has two states.</exception>
    internal static void Read(string text, Dictionary<string, AlarmState> states)
    {
        int position = 0;
        while (position < text.Length)
        {
            Match match = Item().Match(text, position);
            if (!match.Success)
            {
                throw new CommandException(
                    $"--states must be a list such as a=ALARM,b=OK with the states {AlarmStates.All}, "
                    + $"but '{text[position..]}' is not");
            }

            string name = match.Groups["quoted"] is { Success: true } quoted ? quoted.Value : match.Groups["name"].Value.Trim();
            AlarmState state = AlarmStates.Parse(match.Groups["state"].ValueSpan)!.Value;
            if (!states.TryAdd(name, state) && states[name] != state)
            {
                throw new CommandException($"--states has two states for the alarm '{name}'");
            }

            position += match.Length;
        }
    }

    [GeneratedRegex(
        $"""\G(\s*"(?<quoted>[^"]+)"|(?<name>.+?))=(?<state>{AlarmStates.Alarm}|{AlarmStates.Ok}|{AlarmStates.InsufficientData})\s*(,|\z)""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Item();
}
