using System.Reflection;

namespace CloudObserve.Tests.Conventions;

public sealed class PublicApiTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "CloudObserve.Tests", "Conventions", "PublicApi");

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public void The_public_surface_is_the_approved_one() => Rule.Holds(
        "What users can call changes only on purpose: read the difference, then accept it.",
        Repository.ShippedAssemblies.SelectMany(
            a => Approval.Check(Path.Combine(Folder, a.GetName().Name + ".approved.txt"), ApiText.Of(a), Approval.Accepting)));

    [Fact]
    public void Each_approved_text_belongs_to_an_assembly_that_ships() => Assert.Equal(
        Repository.ShippedNames.Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder, "*.approved.txt").Select(f => Path.GetFileName(f).Replace(".approved.txt", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("public void Put(string? name, int count = 1) { }", "public void Put(string name, int count = 1) { }",
        "void Put(string? name, int count = 1)", "void Put(string name, int count = 1)")]
    [InlineData("public void Put(int count = 1) { }", "public void Put(int count = 2) { }", "void Put(int count = 1)",
        "void Put(int count = 2)")]
    [InlineData("public int X { get; init; }", "public int X { get; set; }", "int X { get; init; }", "int X { get; set; }")]
    [InlineData("public IReadOnlyList<string?>? All => null;", "public IReadOnlyList<string>? All => null;",
        "IReadOnlyList<string?>? All { get; }", "IReadOnlyList<string>? All { get; }")]
    public void A_planted_change_shows_as_a_difference(string before, string after, string removed, string added)
    {
        string approved = Path.Combine(_scratch.FullName, "It.approved.txt");
        Approval.Check(approved, Surface(before), accept: true);

        IReadOnlyList<string> found = Approval.Check(approved, Surface(after), accept: false);

        Assert.Equal(["  sealed class It", "-     " + removed, "+     " + added], found.Skip(1));
        Assert.Equal(Surface(after), File.ReadAllText(Path.Combine(_scratch.FullName, "It.received.txt")));
    }

    [Fact]
    public void A_surface_nobody_approved_yet_is_a_difference() =>
        Assert.NotEmpty(Approval.Check(Path.Combine(_scratch.FullName, "New.approved.txt"), "namespace New\n", accept: false));

    [Fact]
    public void Accepting_writes_the_approved_text_and_removes_the_received_one()
    {
        string approved = Path.Combine(_scratch.FullName, "It.approved.txt");
        Approval.Check(approved, "new\n", accept: false);

        Assert.Empty(Approval.Check(approved, "new\n", accept: true));
        Assert.Empty(Approval.Check(approved, "new\n", accept: false));
        Assert.Equal([approved], Directory.GetFiles(_scratch.FullName));
    }

    [Fact]
    public void The_text_tells_what_a_caller_can_break_on()
    {
        string text = ApiText.Of(Planted.Build("""
            #nullable enable
            namespace Planted;
            public readonly record struct Pair(string Name, double Value) { public static implicit operator Pair((string Name, double? Value) pair) => default; }
            public sealed record Data(IReadOnlyList<string?> Items, int Count = 3) { public int Twice => 2 * Count; internal int Hidden { get; set; } }
            public abstract class Base<T> : IDisposable where T : struct, IComparable<T>
            {
                protected Base() { }
                public const string Key = "k";
                public static readonly TimeSpan Zero;
                public required string Must { get; set; }
                public abstract bool TryGet(ReadOnlySpan<char> key, out T? found);
                protected virtual void Open(params string[] names) { }
                public virtual void Dispose() { }
                public event EventHandler<string>? Changed { add { } remove { } }
                private void Hidden() { }
                public enum Kind : byte { None, Some = 4 }
            }
            public interface IShape { string? this[int i] { get; } Task<string?> AskAsync(DayOfWeek day = DayOfWeek.Friday, CancellationToken token = default); void Rest() { } }
            public static class Extensions { [Obsolete("Old.")] public static TSelf With<TSelf>(this TSelf self, in int x) where TSelf : class, new() => self; }
            public delegate bool Test<in T>(T value, ref int at);
            public ref struct Cursor { public readonly int Position => 0; }
            internal sealed class Own { public void Hidden() { } }
            """).Assembly);

        Assert.Equal(
            """
            namespace Planted

            abstract class Base<T> : IDisposable where T : struct, IComparable<T>
                const string Key = "k"
                static readonly TimeSpan Zero
                protected Base()
                required string Must { get; set; }
                event EventHandler<string>? Changed
                virtual void Dispose()
                protected virtual void Open(params string[] names)
                abstract bool TryGet(ReadOnlySpan<char> key, out T? found)

            enum Base<T>.Kind : byte
                None = 0
                Some = 4

            ref struct Cursor
                int Position { get; }

            sealed record Data
                Data(IReadOnlyList<string?> Items, int Count = 3)
                int Count { get; init; }
                IReadOnlyList<string?> Items { get; init; }
                int Twice { get; }

            static class Extensions
                [Obsolete("Old.")] static TSelf With<TSelf>(this TSelf self, in int x) where TSelf : class, new()

            interface IShape
                string? this[int i] { get; }
                Task<string?> AskAsync(DayOfWeek day = DayOfWeek.Friday, CancellationToken token = default)
                default void Rest()

            readonly record struct Pair
                Pair(string Name, double Value)
                string Name { get; init; }
                double Value { get; init; }
                static Pair op_Implicit((string Name, double? Value) pair)

            delegate bool Test<in T>(T value, ref int at)

            """.ReplaceLineEndings("\n"),
            text);
    }

    private static string Surface(string member)
    {
        Assembly assembly = Planted.Build($"#nullable enable\nnamespace Planted;\npublic sealed class It {{ {member} }}").Assembly;
        return ApiText.Of(assembly);
    }
}
