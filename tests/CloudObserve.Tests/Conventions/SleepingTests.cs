using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>A test that sleeps is slow when it passes and wrong when the machine is busy. Time in tests is moved by hand.</summary>
internal static class SleepingTests
{
    internal static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        from call in file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where Sleeps(call, realTimeAllowed: file.Project.Contains("Integration", StringComparison.Ordinal))
        select $"{file.At(call)}: {call.ToString().ReplaceLineEndings(" ")}";

    private static bool Sleeps(InvocationExpressionSyntax call, bool realTimeAllowed)
    {
        string callee = call.Expression.ToString();
        if (callee.EndsWith("Thread.Sleep", StringComparison.Ordinal))
        {
            return true;
        }

        if (!callee.EndsWith("Task.Delay", StringComparison.Ordinal))
        {
            return false;
        }

        string[] arguments = [.. call.ArgumentList.Arguments.Select(a => a.Expression.ToString())];
        bool endless = arguments is ["Timeout.Infinite" or "Timeout.InfiniteTimeSpan" or "-1", _, ..];
        return !endless && !arguments.Skip(1).Any(a => IsClock(a, realTimeAllowed));
    }

    // Syntax alone does not know types; a clock is what is called one.
    private static bool IsClock(string argument, bool realTimeAllowed) =>
        argument == "TimeProvider.System"
            ? realTimeAllowed
            : argument.EndsWith("clock", StringComparison.OrdinalIgnoreCase)
            || argument.EndsWith("time", StringComparison.OrdinalIgnoreCase)
                || argument.EndsWith("timeProvider", StringComparison.OrdinalIgnoreCase);
}
