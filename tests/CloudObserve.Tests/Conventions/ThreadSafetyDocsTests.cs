namespace CloudObserve.Tests.Conventions;

public sealed class ThreadSafetyDocsTests
{
    [Fact]
    public void Public_types_say_what_threads_may_do_with_them() => Rule.Holds(
        "Public interfaces and classes with behaviour carry a <threadsafety> element.",
        Repository.ShippedAssemblies.SelectMany(a => ThreadSafetyDocs.Violations(a, XmlDocs.Of(a))));

    [Theory]
    [InlineData("public interface Silent;")]
    [InlineData("public sealed class Silent { public void Do() { } }")]
    [InlineData("/// <threadsafety> </threadsafety>\npublic sealed class Silent { public void Do() { } }")]
    [InlineData("public sealed class Silent { public int Mutable { get; set; } }")]
    public void A_planted_silence_is_caught(string code) => Rule.Catches("Planted.Silent has no <threadsafety>", Find(code));

    [Theory]
    [InlineData("/// <threadsafety>Safe.</threadsafety>\npublic sealed class Spoken { public void Do() { } }")]
    [InlineData("public sealed record Data(int X) { public void Do() { } }")]
    [InlineData("public sealed class SomeOptions { public int X { get; set; } }")]
    [InlineData("public sealed class Result { public int X { get; } public override string ToString() => \"\"; public static Result Make() => new(); }")]
    [InlineData("internal sealed class Own { public void Do() { } }")]
    public void Data_and_what_is_internal_need_no_word(string code) => Assert.Empty(Find(code));

    private static IEnumerable<string> Find(string code)
    {
        (System.Reflection.Assembly assembly, System.Xml.Linq.XDocument docs) = Planted.Build("namespace Planted;\n" + code);
        return ThreadSafetyDocs.Violations(assembly, docs);
    }
}
