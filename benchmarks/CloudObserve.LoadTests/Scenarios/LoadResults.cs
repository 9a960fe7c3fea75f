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

        Made by `dotnet run -c Release --project benchmarks/CloudObserve.LoadTests -- all --results benchmarks/results`; each section is of one run, and says of which.
        Worker and service share the machine. "Twice" counts what the service had accepted before its answer was lost: PutMetricData and PutLogEvents have no token
        that would tell a retry apart.

        - **saturation**: events are the default JSON, in flight at most 24,000; a rate is that of worker and service together, CPU and allocations are the worker's alone.
          Requests and bytes are what the service received, bodies as they came: compressed for metrics, for which AWS takes that, and plain for logs. Samples are of four
          series; their requests go by time, not by their number.
        - **latency**: from the time a call was to start by a schedule fixed beforehand, so that a stall counts for every call that was due while it lasted. Threads sleep between
          bursts and spin within them; the first row is what that and the machine come to without any library. In the background all libraries make JSON of each event. Ours also redacts, and
          where it says "sent" signs and sends to a service on the same two processors; the others write no request, sign nothing and keep no books.
          All have room for about 65,000 events (NLog for any number); what does not fit is lost, which makes its call cheap. A call alone is measured from when it did start.
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
            $"{DateTime.UtcNow:yyyy-MM-dd}, commit {Commit()}, {(isShort ? "short" : "full length")}; {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
        string section = string.Join('\n', [stamp, "", result.Figures, .. result.Table.Prepend("").Take(result.Table.Count == 0 ? 0 : int.MaxValue)]);
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
        string version = typeof(LoadResults).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[^1] ?? "";
        return version[..Math.Min(10, version.Length)];
    }
}
