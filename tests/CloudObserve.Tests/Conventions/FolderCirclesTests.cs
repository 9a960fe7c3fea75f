namespace CloudObserve.Tests.Conventions;

public sealed class FolderCirclesTests
{
    [Fact]
    public void No_folder_is_used_by_a_folder_that_it_uses() => Rule.Holds(
        "Folders beside each other depend in one direction. Move the type that both need to a third folder, or to the folder above.",
        FolderCircles.Violations(Repository.Source));

    [Theory]
    [InlineData("class User { Used? _u; }", "class Used { User? _u; }")]
    [InlineData("class User { object M() { var u = Used.Make(); return u; } }", "class Used { internal static Used Make() => new(); "
        + "internal User? U; }")]
    public void Two_folders_that_use_each_other_are_caught(string user, string used)
    {
        List<string> found = FolderCircles.Violations([In("A", "User", user), In("B", "Used", used)]);

        Assert.Equal(2, found.Count);
        Assert.StartsWith("src/CloudObserve/Logs: A and B use each other: src/CloudObserve/Logs/A/User.cs(1) uses Used", found[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_through_a_third_folder_and_sub_folders_is_caught() => Assert.Equal(3, FolderCircles.Violations([
        In("A", "One", "class One { Two? _t; }"),
        In("B/Deep", "Two", "class Two { Three? _t; }"),
        In("C", "Three", "class Three { One? _o; }"),
    ]).Count);

    [Fact]
    public void Uses_in_one_direction_and_of_the_folder_above_are_allowed() => Assert.Empty(FolderCircles.Violations([
        new("src/CloudObserve/Logs/Face.cs", "using CloudObserve.Logs.A; namespace CloudObserve.Logs; class Face { One? _o; }"),
        In("A", "One", "class One { Two? _t; Face? _f; }"),
        In("B", "Two", "class Two { Face? _f; }"),
    ]));

    [Fact]
    public void Folders_of_equal_names_in_two_projects_are_not_mixed_up() => Assert.Empty(FolderCircles.Violations([
        In("A", "One", "public class One { public Two? T; }"),
        In("B", "Two", "public class Two;"),
        new("src/CloudObserve.Extra/B/Three.cs", "using CloudObserve.Logs.A; namespace CloudObserve.Extra.B; class Three { One? _o; }"),
    ]));

    private static SourceFile In(string folder, string name, string code) => new(
        $"src/CloudObserve/Logs/{folder}/{name}.cs",
        $"using CloudObserve.Logs.A; using CloudObserve.Logs.B; using CloudObserve.Logs.B.Deep; using CloudObserve.Logs.C; "
            + $"namespace CloudObserve.Logs.{folder.Replace('/', '.')}; {code}");
}
