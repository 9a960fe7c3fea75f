using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CloudObserve.Tests.Conventions;

/// <summary>A class that nobody was meant to derive from says so. Whoever opens one argues it here.</summary>
internal static class SealedByDefault
{
    /// <summary>Full names of classes that are open on purpose, each with the reason in a comment beside it.</summary>
    private static readonly HashSet<string> OpenOnPurpose = [];

    internal static IEnumerable<string> Violations(Assembly assembly) => assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false })
        .Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute)) && !t.IsDefined(typeof(GeneratedCodeAttribute)))
        .Where(t => !OpenOnPurpose.Contains(t.FullName!))
        .Select(t => $"{t.FullName} is not sealed");
}
