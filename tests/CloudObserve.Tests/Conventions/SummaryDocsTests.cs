namespace CloudObserve.Tests.Conventions;

public sealed class SummaryDocsTests
{
    [Fact]
    public void Summaries_begin_with_their_subject_and_not_with_a_question_word() => Rule.Holds(
        "A summary that begins with What, Who, How or Where does not say what the member is. Write 'Gets the user who …', not 'Gets who …'.",
        SummaryDocs.Violations([.. Repository.Source, .. Repository.Tests]));

    [Theory]
    [InlineData("/// <summary>What is sent.</summary>\nclass A;", "src/P/A.cs(1): the summary begins with 'What'")]
    [InlineData("/// <summary>\n/// Whoever calls it.\n/// </summary>\nclass A;", "src/P/A.cs(1): the summary begins with 'Whoever'")]
    [InlineData("class A\n{\n    /// <summary>Gets who did it.</summary>\n    int B => 1;\n}",
        "src/P/A.cs(3): the summary begins with 'Gets who'")]
    [InlineData("class A\n{\n    /// <summary>Gets or sets how often it is sent.</summary>\n    int B;\n}",
        "the summary begins with 'Gets or sets how'")]
    [InlineData("enum A\n{\n    /// <summary>Where it goes.</summary>\n    B,\n}", "the summary begins with 'Where'")]
    public void A_planted_question_word_is_caught(string code, string named) =>
        Rule.Catches(named, SummaryDocs.Violations([new("src/P/A.cs", code)]));

    [Theory]
    [InlineData("/// <summary>Gets the user who performed the action.</summary>\nclass A;")]
    [InlineData("/// <summary>Whole numbers.</summary>\nclass A;")]
    [InlineData("/// <summary>Sends.</summary>\n/// <remarks>What is sent is counted.</remarks>\nclass A;")]
    [InlineData("// What this is for.\nclass A;")]
    public void A_summary_with_a_subject_is_accepted(string code) => Assert.Empty(SummaryDocs.Violations([new("src/P/A.cs", code)]));
}
