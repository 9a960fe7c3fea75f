namespace CloudObserve.Hosting;

/// <summary>Finds the directory for state that must survive the process.</summary>
internal static class StateDirectory
{
    /// <summary>Returns the directory, which may not exist yet.</summary>
    /// <param name="configured">The directory from the options, if set.</param>
    /// <param name="applicationName">The application's name. Applications of one user must not share their state.</param>
    /// <param name="environment">Reads an environment variable.</param>
    internal static string Find(string? configured, string applicationName, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return Path.GetFullPath(configured);
        }

        // systemd gives a colon-separated list; the first entry is the service's own directory.
        if (environment("STATE_DIRECTORY") is { Length: > 0 } given)
        {
            return Path.Combine(given.Split(':')[0], "cloudobserve");
        }

        string data = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data.Length == 0 ? Path.GetTempPath() : data, "cloudobserve", FileNameOf(applicationName));
    }

    private static string FileNameOf(string applicationName)
    {
        string name = string.Concat(applicationName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        return name is "" or "." or ".." ? "_" : name;
    }
}
