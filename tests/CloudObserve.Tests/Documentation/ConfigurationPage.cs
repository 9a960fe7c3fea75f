using System.Text;

namespace CloudObserve.Tests.Documentation;

/// <summary>Generates <c>docs/configuration.md</c>.</summary>
internal static class ConfigurationPage
{
    /// <summary>The values of an enum with more members than this are listed after the tables.</summary>
    private const int FewMembers = 8;

    private const string Head = """
        # Configuration

        <!-- The test ConfigurationReferenceTests generates this page from the documentation comments of the options. Change the comments,
        not this page. -->

        This page lists every key below `CloudObserve`. You can set a key in any source of the host's configuration:

        - In `appsettings.json`. Editors complete its keys from the schema in the package.
        - In an environment variable, such as `CloudObserve__Logs__RetentionInDays=30`.
        - In a command line argument, such as `--CloudObserve:Destination=Aws`.

        Values that are set in code override the configuration.

        - **Times** have the form `hh:mm:ss`, with optional days before it and an optional fraction after it: `00:00:05`, `1.00:00:00`,
          `00:00:00.250`.
        - **Names**: `{name}` is a name that you choose, and `{n}` is a position in a list, starting at 0.
        - **Lists**: configured elements are added to the elements that the list already has.
        - **Reading**: the library reads the options once, at the start. Only metric filters follow changes of the configuration while the
          application runs.
        - **Errors**: the library reports all errors together, each with its key, value and rule, and the application does not start.
        - **Log levels**: set the categories and levels of shipped log events as for any logging provider, in
          `Logging:CloudObserve:LogLevel:{category}`.
        - **Region and credentials** come from the standard AWS chain, or from code (`UseAws`).


        """;

    internal static string Write()
    {
        StringBuilder page = new(Head.ReplaceLineEndings("\n"));
        foreach (OptionSection section in OptionTree.Sections)
        {
            WriteSection(page, section);
        }

        foreach (Type type in OptionTree.Leaves.Select(k => k.ElementType ?? k.Type).Where(IsLong).Distinct())
        {
            page.Append(Lines($"## Values of {type.Name}", "", string.Join(", ", Enum.GetNames(type).Select(n => $"`{n}`")) + ".", ""));
        }

        WriteInCode(page);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void WriteSection(StringBuilder page, OptionSection section)
    {
        page.Append(Lines($"## {section.Path}", ""));
        if (section.Package != OptionTree.Packages.First())
        {
            page.Append(Lines($"This section needs the package `{section.Package}`.", ""));
        }

        page.Append(Lines(section.Summary, ""));
        if (section.Remarks.Length > 0)
        {
            page.Append(Lines(section.Remarks, ""));
        }

        page.Append(Lines("| Key | Type | Values | Default | Meaning |", "|---|---|---|---|---|"));
        foreach (OptionKey key in section.Keys)
        {
            page.Append(Lines(Row(key)));
        }

        page.Append('\n');
        OptionKey[] remarked = [.. section.Keys.Where(k => k.Remarks.Length > 0)];
        foreach (OptionKey key in remarked)
        {
            page.Append(Lines($"- `{key.Name}`: {key.Remarks}"));
        }

        page.Append(remarked.Length > 0 ? "\n" : "");
    }

    private static void WriteInCode(StringBuilder page)
    {
        page.Append(Lines("## Set in code only", "", "You can set these properties of the other packages only in code.", ""));
        page.Append(Lines("| Package | Options | Property | Default | Meaning |", "|---|---|---|---|---|"));
        foreach (OptionKey key in OptionTree.InCode)
        {
            string package = key.Property.DeclaringType!.Assembly.GetName().Name!;
            page.Append(Lines(
                $"| `{package}` | `{key.Section}` | `{key.Property.Name}` | {Cell(DocText.Split(key.Value).Default)} | {Cell(key.Summary)} |"));
        }

        page.Append('\n');
    }

    private static string Row(OptionKey key)
    {
        string name = key.Options is null ? $"`{key.Name}`" : $"[`{key.Name}`](#{Anchor(key.BelowPath)})";
        (string values, string byDefault) = DocText.Split(key.Value);
        string[] cells = [name, TypeOf(key), values, byDefault, key.Summary];
        return "| " + string.Join(" | ", cells.Select(Cell)) + " |";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string TypeOf(OptionKey key) => (key.Options, key.ElementType) switch
    {
        (not null, null) => "section",
        (not null, _) => key.IsMap ? "sections by name" : "list of sections",
        (_, null) => NameOf(key.Type),
        _ => key.IsMap ? $"{NameOf(key.ElementType)} by name" : $"list of {NameOf(key.ElementType)}",
    };

    private static string NameOf(Type type) => type switch
    {
        _ when IsLong(type) => $"[`{type.Name}`](#{Anchor("Values of " + type.Name)})",
        _ when type.IsEnum => string.Join(", ", Enum.GetNames(type).Select(n => $"`{n}`")),
        _ when type == typeof(bool) => "`true`, `false`",
        _ when type == typeof(TimeSpan) => "time",
        _ when type == typeof(string) => "text",
        _ when type == typeof(Uri) => "address",
        _ when type == typeof(double) => "number",
        _ => "integer",
    };

    private static bool IsLong(Type type) => type.IsEnum && Enum.GetNames(type).Length > FewMembers;

    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c == ' ')).Replace(' ', '-');

    private static string Lines(params string[] lines) => string.Concat(lines.Select(l => l + "\n"));
}
