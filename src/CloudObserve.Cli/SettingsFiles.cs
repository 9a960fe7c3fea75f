using System.Text.Json;
using CloudObserve.Monitoring;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Cli;

/// <summary>Reads settings files such as <c>appsettings.json</c>.</summary>
internal static class SettingsFiles
{
    /// <summary>Reads settings files. A later one overrides an earlier.</summary>
    /// <exception cref="CommandException">A file cannot be read or is not JSON.</exception>
    internal static IConfigurationRoot Read(IEnumerable<string> files)
    {
        ConfigurationBuilder builder = new();
        foreach (string file in files)
        {
            InputFile.Check(file);
            _ = builder.AddConfiguration(Read(file));
        }

        return builder.Build();
    }

    private static IConfigurationRoot Read(string file)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false).Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(exception.GetBaseException() switch
            {
                JsonException fault => $"'{file}' is not valid JSON: {JsonFault.Describe(fault)}",
                Exception cause => $"'{file}' cannot be read: {cause.Message}",
            });
        }
    }
}
