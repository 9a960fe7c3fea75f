using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace CloudObserve.Tests.Conventions;

/// <summary>Compiles a few lines of code in memory, so that a rule over assemblies can be shown a violation.</summary>
internal static class Planted
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    // Read once: each holds an assembly's metadata, and most of the time of a small compilation is spent in reading them.
    private static readonly MetadataReference[] References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(p => !Path.GetFileName(p).StartsWith("CloudObserve", StringComparison.Ordinal))
        .Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>Compiles sources as a project of ours would be, against everything the tests run on except our own assemblies.</summary>
    internal static CSharpCompilation Compile(string name, IEnumerable<SyntaxTree> sources) => CSharpCompilation.Create(
        name,
        [.. sources, CSharpSyntaxTree.ParseText(ImplicitUsings, SourceFile.Language)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    internal static (Assembly Assembly, XDocument Docs) Build(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, SourceFile.Language);
        using MemoryStream image = new();
        using MemoryStream docs = new();
        EmitResult result = Compile("Planted", [tree]).Emit(image, xmlDocumentationStream: docs);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        docs.Position = 0;
        return (Assembly.Load(image.ToArray()), XDocument.Load(docs));
    }
}
