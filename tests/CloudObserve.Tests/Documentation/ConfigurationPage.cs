using System.Text;

namespace CloudObserve.Tests.Documentation;

/// <summary>Writes <c>docs/configuration.md</c>.</summary>
internal static class ConfigurationPage
{
    /// <summary>An enum with more members than this gets a list of its own behind the tables.</summary>
    private const int FewMembers = 8;

    private const string Head = """
        # Configuration

        <!-- Written from the documentation comments of the options, by the test ConfigurationReferenceTests. Change those, not this. -->

        Every key below `CloudObserve`. It can stand in `appsettings.json`, whose keys editors complete from the schema that the package brings, in
        environment variables (`CloudObserve__Logs__RetentionInDays=30`), in command line arguments (`--CloudObserve:Destination=Aws`), and in any other source
        of the host's configuration. What is set in code wins. A time is written as `hh:mm:ss`, with days before a dot and fractions of a second behind one:
        `00:00:05`, `1.00:00:00`. `{name}` is a name you choose, `{n}` the position in a list, from 0. What is configured for a list is added to what it has.

        Options are read once, at start; only metric filters follow the configuration while the application runs. All faults are reported together, each with its
        key, its value and its rule, and the application does not start. Which categories and levels of log events are shipped is set where it is for any
        logging provider: `Logging:CloudObserve:LogLevel:{category}`. Region and credentials are found by the standard AWS chain, or set in code (`UseAws`).


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
            page.Append(Lines($"With the package `{section.Package}`.", ""));
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
        page.Append(Lines("## Set in code only", "", "What the packages beside the library have, and no configuration can hold.", ""));
        page.Append(Lines("| Package | Options | Property | Default | Meaning |", "|---|---|---|---|---|"));
        foreach (OptionKey key in OptionTree.InCode)
        {
            string package = key.Property.DeclaringType!.Assembly.GetName().Name!;
            page.Append(Lines($"| `{package}` | `{key.Section}` | `{key.Property.Name}` | {Cell(DocText.Split(key.Value).Default)} | {Cell(key.Summary)} |"));
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
