namespace CloudObserve.Tests.Conventions;

public sealed class PublicNamespacesTests
{
    [Fact]
    public void Public_types_are_in_namespaces_for_users() => Rule.Holds(
        "A user imports CloudObserve.Delivery, not the folder CloudObserve.Pipeline.Delivery. An internal type is in the namespace of its folder.",
        PublicNamespaces.Violations(Repository.Source));

    [Theory]
    [InlineData("namespace CloudObserve.Pipeline.Delivery; public sealed class A;", "the name of an inner folder")]
    [InlineData("namespace CloudObserve.Delivery; internal sealed class A;", "its folder is CloudObserve.Pipeline.Delivery")]
    public void A_planted_type_in_the_wrong_namespace_is_caught(string code, string named) =>
        Rule.Catches(named, PublicNamespaces.Violations([new("src/CloudObserve/Pipeline/Delivery/A.cs", code)]));

    [Theory]
    [InlineData("namespace CloudObserve.Delivery; public sealed class A;")]
    [InlineData("namespace CloudObserve.Pipeline.Delivery; internal sealed class A;")]
    public void A_type_in_its_namespace_passes(string code) =>
        Assert.Empty(PublicNamespaces.Violations([new("src/CloudObserve/Pipeline/Delivery/A.cs", code)]));
}
