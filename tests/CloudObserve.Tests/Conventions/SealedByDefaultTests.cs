namespace CloudObserve.Tests.Conventions;

public sealed class SealedByDefaultTests
{
    [Fact]
    public void Classes_are_sealed() => Rule.Holds(
        "Seal the class, make it abstract, or argue it in SealedByDefault.",
        Repository.ShippedAssemblies.SelectMany(SealedByDefault.Violations));

    [Fact]
    public void A_planted_open_class_is_caught_also_when_it_is_nested_and_private() => Rule.Catches(
        "Planted.Outer+Open is not sealed",
        SealedByDefault.Violations(
            Planted.Build("namespace Planted; public sealed class Outer { private class Open; } public abstract class Base; public static class Helper; public record struct Value;").Assembly));
}
