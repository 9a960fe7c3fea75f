using System.Text;
using CloudObserve.Cli.Cases;
using CloudObserve.Events;

namespace CloudObserve.Cli.Events;

/// <summary>Evaluates a case of an event pattern.</summary>
internal static class PatternCase
{
    internal static CaseResult Evaluate(string pattern, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return !EventPattern.TryParse(pattern, out EventPattern? parsed, out EventPatternError? error)
            ? CaseResult.Invalid(error.ServiceMessage)
            : EventText.Fault(utf8) is { } fault ? CaseResult.Invalid(fault)
            : parsed.Explain(utf8) is { } reason ? CaseResult.NoMatch(reason)
            : CaseResult.Match;
    }
}
