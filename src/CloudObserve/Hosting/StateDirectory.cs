namespace CloudObserve.Hosting;

/// <summary>Where the library keeps what must outlive the process.</summary>
internal static class StateDirectory
{
    /// <summary>Gives the directory, which need not exist.</summary>
    /// <param name="configured">What the options say, if anything.</param>
    /// <param name="applicationName">Two applications of one user must not share their state.</param>
    /// <param name="environment">Reads an environment variable.</param>
    internal static string Find(string? configured, string applicationName, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return Path.GetFullPath(configured);
        }

        // systemd gives a list separated by colons; the first is the service's own.
        if (environment("STATE_DIRECTORY") is { Length: > 0 } given)
        {
            return Path.Combine(given.Split(':')[0], "cloudobserve");
        }

        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data.Length == 0 ? Path.GetTempPath() : data, "cloudobserve", FileNameOf(applicationName));
    }

    private static string FileNameOf(string applicationName)
    {
        string name = string.Concat(applicationName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        return name is "" or "." or ".." ? "_" : name;
    }
}
