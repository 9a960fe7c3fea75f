using System.Globalization;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Runs the scenarios named on the command line, and prints one line for each.</summary>
internal static class ScenarioRun
{
    private const string ShortOption = "--short";
    private const string SoakOption = "--soak=";
    private const string ResultsOption = "--results";

    private static readonly IScenario[] All =
    [
        new OutageScenario(), FaultsScenario.Errors, FaultsScenario.LostAnswers, new SoakScenario(),
        new SaturationScenario(), new SteadyScenario(), new LatencyScenario(), new IdleScenario(), new AttacksScenario(),
    ];

    internal static async Task<int> MainAsync(string[] args)
    {
        (string? results, args) = TakeResults(args);
        string[] names = [.. args.Where(a => a != ShortOption && !a.StartsWith(SoakOption, StringComparison.Ordinal))];
        string? unknown = Array.Find(names, n => n != "all" && !Array.Exists(All, s => s.Name == n));
        if (names.Length == 0 || unknown is not null)
        {
            Console.Error.WriteLine(
                $"{(unknown is null ? "" : $"There is no scenario {unknown}. ")}Specify all, or some of: "
                    + $"{string.Join(", ", All.Select(s => s.Name))}. Options: {ShortOption} for a few seconds each, {SoakOption}SECONDS "
                    + $"for a soak of that length, {ResultsOption} DIRECTORY to store the results.");
            return 2;
        }

        Lengths lengths = LengthsOf(args);
        bool passed = true;
        foreach (IScenario scenario in All.Where(s => names.Contains("all") || names.Contains(s.Name)))
        {
            ScenarioResult result = await scenario.RunAsync(lengths);
            Console.WriteLine(result);
            passed &= result.Passed;
            if (results is not null)
            {
                LoadResults.Keep(results, result, args.Contains(ShortOption));
            }
        }

        return passed ? 0 : 1;
    }

    private static (string? Directory, string[] Others) TakeResults(string[] args)
    {
        int at = Array.IndexOf(args, ResultsOption);
        return at < 0 || at + 1 == args.Length ? (null, args) : (args[at + 1], [.. args[..at], .. args[(at + 2)..]]);
    }

    private static Lengths LengthsOf(string[] args)
    {
        Lengths lengths = args.Contains(ShortOption) ? Lengths.Short : Lengths.Full;
        string? soak = Array.Find(args, a => a.StartsWith(SoakOption, StringComparison.Ordinal));
        return soak is null ? lengths : lengths with { Soak = int.Parse(soak[SoakOption.Length..], CultureInfo.InvariantCulture) };
    }
}
