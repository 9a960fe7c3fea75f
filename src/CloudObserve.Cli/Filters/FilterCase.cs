using System.Text;
using CloudObserve.Cli.Cases;
using CloudObserve.Filters;

namespace CloudObserve.Cli.Filters;

/// <summary>Evaluates a case of a filter pattern.</summary>
internal static class FilterCase
{
    internal static CaseResult Evaluate(string pattern, string message) =>
        !FilterPattern.TryParse(pattern, out FilterPattern? parsed, out FilterPatternError? error)
            ? CaseResult.Invalid(error.ServiceMessage ?? error.Message)
            : parsed.IsMatch(Encoding.UTF8.GetBytes(message)) ? CaseResult.Match
            : CaseResult.NoMatch(null);
}
