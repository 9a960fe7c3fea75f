using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Stores results in a file with one section for each scenario.</summary>
/// <remarks>A run replaces the sections of its scenarios.</remarks>
internal static class LoadResults
{
    private const string FileName = "load.md";
    private const string Section = "## ";

    private const string Intro = """
        # Load tests

        `dotnet run -c Release --project benchmarks/CloudObserve.LoadTests -- all --results benchmarks/results` writes this file. Each
        section is the result of one run, and names the run.
        Worker and service run on the same machine. "Twice" counts what the service had accepted before its answer was lost. PutMetricData
        and PutLogEvents have no token that identifies a
        retry.

        - **saturation**: events are in the default JSON format, with at most 24,000 in flight.
          - A rate is the rate of worker and service together. CPU and allocations are those of the worker only.
          - Requests and bytes are what the service received. Bodies of metrics are compressed, and bodies of logs are not.
          - Samples belong to four series. The number of their requests depends on time and not on the number of samples.
        - **latency**: each call is measured from its scheduled start, so a stall counts for every call that was due during it.
          - Threads sleep between bursts and spin within them. The first row is the measurement without a library.
            - In the background, all libraries format each event as JSON. CloudObserve also redacts. Where a row says "sent", it signs
            requests and sends them to a service on the same two
            processors. The other libraries write no requests, sign nothing and count no losses.
          - All libraries have room for about 65,000 events (NLog: no limit). An event without room is lost, and its call is fast.
          - A row for a call alone is measured from its actual start.
        """;

    /// <summary>Stores a result if no check failed.</summary>
    /// <remarks>A failed run has measured something else.</remarks>
    internal static void Keep(string directory, ScenarioResult result, bool isShort)
    {
        if (!result.Passed)
        {
            return;
        }

        _ = Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, FileName);
        string stamp = string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, commit {Commit()}, {(isShort ? "short" : "full length")}; {RuntimeInformation.OSDescription}, "
                + $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
        string section =
            string.Join('\n', [stamp, "", result.Figures, .. result.Table.Prepend("").Take(result.Table.Count == 0 ? 0 : int.MaxValue)]);
        File.WriteAllText(path, With(File.Exists(path) ? File.ReadAllText(path) : "", result.Name, section));
    }

    /// <summary>Replaces the section of the same name, or adds the section at the end.</summary>
    internal static string With(string text, string name, string section)
    {
        List<(string Name, string Text)> sections = [.. text.Split($"\n{Section}").Skip(1).Select(Split)];
        int at = sections.FindIndex(s => s.Name == name);
        if (at < 0)
        {
            sections.Add((name, section));
        }
        else
        {
            sections[at] = (name, section);
        }

        return $"{Intro}\n{string.Concat(sections.Select(s => $"\n{Section}{s.Name}\n\n{s.Text}\n"))}";
    }

    private static (string Name, string Text) Split(string section)
    {
        string[] parts = section.Split('\n', 2);
        return (parts[0], parts[^1].Trim('\n'));
    }

    private static string Commit()
    {
        string version =
            typeof(LoadResults).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[^1]
                ?? "";
        return version[..Math.Min(10, version.Length)];
    }
}
