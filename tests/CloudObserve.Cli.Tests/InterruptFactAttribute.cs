using System.Globalization;

namespace CloudObserve.Cli.Tests;

/// <summary>A test that needs a process that SIGINT ends.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InterruptFactAttribute : FactAttribute
{
    private const string IgnoredSignals = "SigIgn:";
    private const ulong Interrupt = 1 << 1;

    public InterruptFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no SIGINT.";
        }
        else if (OperatingSystem.IsLinux() && IsIgnored())
        {
            // A shell does this to what it starts in the background. Processes pass it on to those they start.
            Skip = "SIGINT is ignored by the process that runs the tests.";
        }
    }

    private static bool IsIgnored()
    {
        string mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(IgnoredSignals, StringComparison.Ordinal));
        return (ulong.Parse(
            mask.AsSpan(IgnoredSignals.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }
}
