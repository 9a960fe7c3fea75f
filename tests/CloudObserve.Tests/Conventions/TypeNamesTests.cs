namespace CloudObserve.Tests.Conventions;

public sealed class TypeNamesTests
{
    [Fact]
    public void One_name_means_one_type() => Rule.Holds(
        "A reader must know from a type's name which type it is, and a name that was given up does not come back.",
        TypeNames.Violations(Repository.Source));

    [Fact]
    public void A_name_that_is_declared_twice_is_caught() => Rule.Catches(
        "Rules is declared in src/P/One/Rules.cs and src/P/Two/Rules.cs",
        TypeNames.Violations([
            new("src/P/One/Rules.cs", "namespace P.One; class Rules;"), new("src/P/Two/Rules.cs", "namespace P.Two; class Rules;")]));

    [Theory]
    [InlineData("class A { class Pulse; }", "(1): the name Pulse was given up")]
    [InlineData("class A { object _gate; }", "(1): the name _gate was given up")]
    [InlineData("class A { int Keeper { get; } }", "(1): the name Keeper was given up")]
    [InlineData("record A(int Front);", "(1): the name Front was given up")]
    [InlineData("class A\n{\n    void B(int cancellation) { }\n}", "(3): the name cancellation was given up")]
    public void A_name_that_was_given_up_is_caught(string code, string named) =>
        Rule.Catches(named, TypeNames.Violations([new("src/P/A.cs", code)]));

    [Fact]
    public void Parts_of_a_type_and_types_of_another_arity_pass() => Assert.Empty(TypeNames.Violations([
        new("src/P/A.cs", "namespace P; partial class A;"), new("src/P/A.Part.cs", "namespace P; partial class A;"),
        new("src/P/A{T}.cs", "namespace P; class A<T>;")]));
}
