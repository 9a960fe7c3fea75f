using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// The folder Hosting of the package composes: it has no thread, no lock, no timer, no loop that waits, and makes no call over the network.
/// What works belongs to the folder of its signal, or to the pipeline.
/// </summary>
internal static class HostingComposes
{
    private static readonly string[] Workers =
    [
        "BackgroundLoop", "CreateTimer", "Delay", "HttpClient", "Interlocked", "Lock", "ManualResetEventSlim", "Monitor", "PeriodicTimer",
        "SemaphoreSlim", "Socket", "Thread", "ThreadPool", "ThreadTimeout", "Timer",
    ];

    internal static IEnumerable<string> Violations(IEnumerable<SourceFile> files) => files
        .Where(f => f.Path.StartsWith("src/CloudObserve/Hosting/", StringComparison.Ordinal)).SelectMany(Violations);

    private static IEnumerable<string> Violations(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        where IsWork(node)
        select $"{file.At(node)}: Hosting composes, but here it works: {FirstLine(node)}";

    private static bool IsWork(SyntaxNode node) => node switch
    {
        LockStatementSyntax => true,
        WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax => node.DescendantNodes().Any(n => n is AwaitExpressionSyntax),
        SimpleNameSyntax name => Workers.Contains(name.Identifier.ValueText, StringComparer.Ordinal)
            || name.Parent?.ToString() is "Task.Run",
        _ => false,
    };

    private static string FirstLine(SyntaxNode node) => node.ToString().Split('\n')[0].TrimEnd();
}
