using System.Reflection;
using System.Runtime.Loader;

namespace CloudObserve.Tests.Documentation;

/// <summary>The result of compiling a block.</summary>
/// <param name="Kind">What the block is.</param>
/// <param name="Errors">The compiler's errors, each with its line in the block.</param>
/// <param name="Image">The assembly; empty when there are errors.</param>
/// <param name="Symbols">Where in the block each instruction comes from.</param>
internal sealed record CompiledBlock(BlockKind Kind, IReadOnlyList<string> Errors, byte[] Image, byte[] Symbols)
{
    /// <summary>Loads the assembly where it can be let go of again; what it uses is what the tests use.</summary>
    internal Assembly Load() =>
        new AssemblyLoadContext("Documentation", isCollectible: true).LoadFromStream(new MemoryStream(Image), new MemoryStream(Symbols));
}
