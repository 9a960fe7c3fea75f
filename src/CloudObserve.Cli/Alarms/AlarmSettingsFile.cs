using CloudObserve.Monitoring;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Cli.Alarms;

/// <summary>Reads the alarms of settings.</summary>
internal static class AlarmSettingsFile
{
    internal const string Section = "CloudObserve:Monitoring:Alarms";

    /// <summary>Reads the alarms of settings files.</summary>
    /// <exception cref="CommandException">A file cannot be read, or a member of an alarm is unknown or has the wrong type.</exception>
    internal static AlarmDefinitions Read(IEnumerable<string> files) => Read(SettingsFiles.Read(files).GetSection(Section), "the settings");

    /// <summary>Reads the alarms of a section.</summary>
    /// <exception cref="CommandException">A member of an alarm is unknown or has the wrong type.</exception>
    internal static AlarmDefinitions Read(IConfiguration alarms, string place)
    {
        try
        {
            return AlarmDefinitions.Read(alarms);
        }
        catch (FormatException exception)
        {
            throw new CommandException($"{place} are invalid:\n{exception.Message}");
        }
    }
}
