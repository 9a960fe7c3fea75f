using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using CloudObserve.Tests.Conventions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace CloudObserve.Tests.Documentation;

/// <summary>
/// Compiles C# of the documents as a reader would who pastes it: against what ships, as a web application's project has it. A block is a
/// program, or types; one that begins with <c>```csharp statements</c> is a piece of a method to which <see cref="Head"/> gives what the
/// text speaks of.
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
        using CloudObserve.Metrics; using CloudObserve.Monitoring; using CloudObserve.Insights; using CloudObserve.Delivery;
        using CloudObserve.S3; using CloudObserve.Events; using CloudObserve.Local; using CloudObserve.Testing; using Xunit;

        public sealed class Statements(
            WebApplicationBuilder builder, Func<WebApplication> build, Func<Type, object> ask, byte[] utf8, CancellationToken cancellationToken)
        {
            private WebApplication app => build();
            private IServiceProvider services => (IServiceProvider)ask(typeof(IServiceProvider));
            private IMetricPublisher metrics => (IMetricPublisher)ask(typeof(IMetricPublisher));
            private IAuditTrail audit => (IAuditTrail)ask(typeof(IAuditTrail));
            private ICloudObserve cloudObserve => (ICloudObserve)ask(typeof(ICloudObserve));
            private ILogger logger => ((ILoggerFactory)ask(typeof(ILoggerFactory))).CreateLogger("Shop");

            public async Task RunAsync(Func<Task> whatFollows)
            {
        #line 1
        """;

    // What follows runs while what the block has made, and disposes of at its end, is still there.
    private const string Tail = """

        #line hidden
                await whatFollows();
            }
        }
        """;

    // A reader whose warnings are errors could not build it.
    private static readonly Dictionary<string, ReportDiagnostic> Obsolete = new()
    {
        ["CS0612"] = ReportDiagnostic.Error,
        ["CS0618"] = ReportDiagnostic.Error,
    };

    private static readonly ConcurrentDictionary<CodeBlock, Lazy<CompiledBlock>> Compiled = new();

    private static readonly MetadataReference[] References = [.. Assemblies().Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>Compiles a block, once however many tests ask for it.</summary>
    internal static CompiledBlock Compile(CodeBlock block) =>
        Compiled.GetOrAdd(block, b => new Lazy<CompiledBlock>(() => CompileAnew(b))).Value;

    internal static BlockKind KindOf(CodeBlock block)
    {
        if (block.Info.EndsWith(" " + Statements, StringComparison.Ordinal))
        {
            return BlockKind.Statements;
        }

        bool isProgram = CSharpSyntaxTree.ParseText(block.Text, SourceFile.Language)
            .GetCompilationUnitRoot().Members.Any(m => m.IsKind(SyntaxKind.GlobalStatement));
        return isProgram ? BlockKind.Program : BlockKind.Types;
    }

    private static CompiledBlock CompileAnew(CodeBlock block)
    {
        BlockKind kind = KindOf(block);
        string code = kind == BlockKind.Statements ? Head + "\n" + block.Text + Tail : block.Text;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, SourceFile.Language, block.At, Encoding.UTF8);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Documentation",
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, SourceFile.Language, encoding: Encoding.UTF8)],
            References,
            new CSharpCompilationOptions(
                kind == BlockKind.Program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                specificDiagnosticOptions: Obsolete,
                nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        using MemoryStream symbols = new();
        IEnumerable<string> errors = compilation.Emit(
            image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb)).Diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{block.At}: line {d.Location.GetMappedLineSpan().StartLinePosition.Line + 1}: {d.Id}: {d.GetMessage()}");
        return new CompiledBlock(kind, [.. errors], image.ToArray(), symbols.ToArray());
    }

    /// <summary>
    /// The assemblies the tests run with, including the library's own, and the rest of ASP.NET Core from beside the runtime.
    /// </summary>
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
