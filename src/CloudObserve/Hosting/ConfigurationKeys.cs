using CloudObserve.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Hosting;

/// <summary>Finds keys below <c>CloudObserve</c> that match no option.</summary>
/// <remarks>
/// The configuration binder ignores such keys, so a misspelled key would go unnoticed. The known keys are those of every package of
/// CloudObserve, in <c>ConfigurationKeys.txt</c>. A test generates that file from the options. Keys are compared without regard to case, as
/// configuration does.
/// </remarks>
internal static class ConfigurationKeys
{
    private const string AnyName = "{name}";
    private const string AnyNumber = "{n}";

    /// <summary>Returns one sentence for each key that has no effect; it names the nearest known key.</summary>
    internal static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(CloudObserveOptions.SectionName);
        List<string> faults = [];
        if (section.GetChildren().Any())
        {
            Check(section, Read().Children[CloudObserveOptions.SectionName], faults);
        }

        return faults;
    }

    private static Node Read()
    {
        using Stream resource = typeof(ConfigurationKeys).Assembly.GetManifestResourceStream("ConfigurationKeys.txt")
            ?? throw new InvalidOperationException("The assembly has no resource ConfigurationKeys.txt.");
        using StreamReader lines = new(resource);
        Node root = new("");
        while (lines.ReadLine() is { } path)
        {
            Node node = root;
            foreach (string name in path.Split(ConfigurationPath.KeyDelimiter))
            {
                node = node.GetOrAdd(name);
            }
        }

        return root;
    }

    private static void Check(IConfigurationSection section, Node node, List<string> faults)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (node.Children.ContainsKey(AnyName) && IsList(children))
        {
            faults.Add($"{section.Path} is a list, but must be an object: each member's name is the name of the item that it configures.");
            return;
        }

        foreach (IConfigurationSection child in children)
        {
            if (node.Find(child.Key) is { } known)
            {
                Check(child, known, faults);
            }
            else
            {
                faults.Add(Unknown(child, node));
            }
        }
    }

    // The configuration providers give the elements of a list the keys 0, 1, 2, and so on.
    private static bool IsList(IConfigurationSection[] children) =>
        children.Length > 0 && children.All(c => int.TryParse(c.Key, out int number) && number >= 0 && number < children.Length);

    private static string Unknown(IConfigurationSection child, Node node)
    {
        string parent = child.Path[..^(child.Key.Length + 1)];
        string? nearest = EditDistance.Nearest(child.Key, node.Children.Keys);
        string hint = (nearest, node.Children.Count) switch
        {
            ({ } name, _) => $"The nearest key is {parent}:{name}.",
            (_, 0) => $"{parent} has a value and no keys.",
            _ => $"The keys of {parent} are {string.Join(", ", node.Children.Keys)}.",
        };
        return $"{child.Path} has no effect, because there is no such key. {hint}";
    }

    /// <summary>A segment of known keys and the segments that may follow it.</summary>
    /// <param name="Name">The name of the segment.</param>
    private sealed record Node(string Name)
    {
        internal SortedDictionary<string, Node> Children { get; } = new(StringComparer.OrdinalIgnoreCase);

        // The binder accepts any keys for the elements of a list.
        internal Node? Find(string name) =>
            Children.TryGetValue(name, out Node? child) || Children.TryGetValue(AnyName, out child)
            || Children.TryGetValue(AnyNumber, out child) ? child : null;

        internal Node GetOrAdd(string name) => Children.TryGetValue(name, out Node? child) ? child : Children[name] = new Node(name);
    }
}
