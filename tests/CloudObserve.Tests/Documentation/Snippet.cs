using System.Runtime.InteropServices;
using CloudObserve.Tests.Conventions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudObserve.Tests.Documentation;

/// <summary>
/// Compiles C# of the documents as a reader would who pastes it: against what ships, as a web application's project has it. A block is a program, or
/// types; one that begins with <c>```csharp statements</c> is a piece of a method to which <see cref="Head"/> gives what the text speaks of.
/// </summary>
internal static class Snippet
{
    internal const string Statements = "statements";

    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Net.Http.Json; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    private const string Head = """
        using CloudObserve; using CloudObserve.AspNetCore; using CloudObserve.Audit; using CloudObserve.Filters; using CloudObserve.Logs;
        using CloudObserve.Metrics; using CloudObserve.Pipeline.Delivery; using CloudObserve.S3; using CloudObserve.Sinks.CloudWatch;
        using CloudObserve.Sinks.Local; using CloudObserve.Sinks.Local.Queries; using CloudObserve.Testing; using Xunit;

        internal static class Statements
        {
            internal static async Task RunAsync(
                WebApplicationBuilder builder, WebApplication app, IServiceProvider services, IMetricPublisher metrics, IAuditTrail audit,
                ICloudObserve cloudObserve, ILogger logger, byte[] utf8, CancellationToken cancellationToken)
            {
        #line 1
        """;

    private const string Tail = """

            }
        }
        """;

    private static readonly MetadataReference[] References = [.. Assemblies().Select(p => MetadataReference.CreateFromFile(p))];

    /// <returns>The compiler's errors, each with its line in the block.</returns>
    internal static IEnumerable<string> Errors(CodeBlock block)
    {
        string code = block.Info.EndsWith(" " + Statements, StringComparison.Ordinal) ? Head + "\n" + block.Text + Tail : block.Text;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, SourceFile.Language, block.At);
        bool isProgram = tree.GetCompilationUnitRoot().Members.Any(m => m.IsKind(SyntaxKind.GlobalStatement));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Documentation",
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, SourceFile.Language)],
            References,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return compilation.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{block.At}: line {d.Location.GetMappedLineSpan().StartLinePosition.Line + 1}: {d.Id}: {d.GetMessage()}");
    }

    /// <summary>What the tests run on, our own packages included, and the rest of ASP.NET Core from beside the runtime.</summary>
    private static IEnumerable<string> Assemblies()
    {
        string[] own = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        DirectoryInfo runtime = new(RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar));
        string web = Path.Combine(runtime.Parent!.Parent!.FullName, "Microsoft.AspNetCore.App", runtime.Name);
        return own
            .Concat(Directory.EnumerateFiles(web, "Microsoft.*.dll"))
            .Where(p => Path.GetFileName(p) != "CloudObserve.Tests.dll")
            .DistinctBy(Path.GetFileName);
    }
}
