using System.Diagnostics;
using System.Reflection;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>
/// Runs what a document shows and tells what is wrong with it: what it throws, what does not arrive, and what it complains about.
/// </summary>
internal static class BlockRun
{
    // Far longer than any block takes; it only keeps one that never ends from hanging the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="block">A block that <see cref="Runs"/>.</param>
    /// <param name="during">Looks, while the application runs, whether what the document says has happened.</param>
    /// <param name="after">Looks when it has ended.</param>
    internal static async Task<IReadOnlyList<string>> FaultsAsync(
        CodeBlock block, Func<Stage, IServiceProvider, Task>? during = null, Action<Stage>? after = null)
    {
        if (block.Language == "csharp" && Snippet.Compile(block).Errors is [_, ..] errors)
        {
            return errors;
        }

        try
        {
            // On threads of its own, because a block may hold the one it is on.
            return await Task.Run(() => PlayAsync(block, during, after)).WaitAsync(Patience);
        }
        catch (Exception exception)
        {
            Exception fault = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            return [$"{block.At}: {LineOf(block, fault)}{fault.GetType().Name}: {fault.Message}"];
        }
    }

    /// <summary>Whether a block is one that is run here.</summary>
    internal static bool Runs(CodeBlock block) => block.Language == "csharp" || (block.Language == "json" && SettingsRun.Configures(block));

    private static async Task<IReadOnlyList<string>> PlayAsync(
        CodeBlock block, Func<Stage, IServiceProvider, Task>? during, Action<Stage>? after)
    {
        await using Stage stage = new();
        IReadOnlyList<string> faults = await PlayAsync(block, stage, during is null ? null : services => during(stage, services));
        after?.Invoke(stage);
        return [.. faults.Concat(Heard(block, stage.Notices)).Select(f => $"{block.At}: {f}")];
    }

    private static Task<IReadOnlyList<string>> PlayAsync(CodeBlock block, Stage stage, Func<IServiceProvider, Task>? during)
    {
        if (block.Language == "json")
        {
            return SettingsRun.PlayAsync(block, stage, during);
        }

        CompiledBlock compiled = Snippet.Compile(block);
        return compiled switch
        {
            { Kind: BlockKind.Program } => ProgramRun.PlayAsync(compiled.Load(), stage, during),
            { Kind: BlockKind.Statements } => StatementsRun.PlayAsync(compiled.Load(), stage, during),
            _ => TypesRun.PlayAsync(compiled.Load(), stage, during),
        };
    }

    private static IEnumerable<string> Heard(CodeBlock block, Notices notices)
    {
        // Where a document lets AWS fail, the library says so, and is right.
        bool hasScriptedFaults = block.Text.Contains("Fault.", StringComparison.Ordinal);
        return [.. hasScriptedFaults ? [] : notices.Complaints, .. notices.Ends.Any()
            ? Array.Empty<string>() : ["the library did not stop with everything delivered"]];
    }

    private static string LineOf(CodeBlock block, Exception exception) =>
        new StackTrace(exception, fNeedFileInfo: true).GetFrames().FirstOrDefault(f => f.GetFileName() == block.At) is { } frame
            ? $"line {frame.GetFileLineNumber()}: " : "";
}
