#:property PublishAot=false
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

// Checks the content of the packages. Each must contain what users, editors and debuggers need, and no path of the machine that built it.
// Usage: dotnet run eng/package-content.cs -- FOLDER-OF-PACKAGES ROOT-OF-THE-REPOSITORY
string folder = args[0];
string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(args[1]));
List<string> faults = [];
Dictionary<string, string> texts = [];
string[] names =
    [.. Directory.EnumerateDirectories(Path.Combine(root, "src")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];
foreach (string name in names)
{
    if (Find(name, "nupkg") is { } package && Find(name, "snupkg") is { } symbols)
    {
        int before = faults.Count;
        CheckContent(name, package);
        CheckManifest(name, package);
        CheckReadme(name, package);
        CheckDocumentation(name, package);
        CheckDependencies(name, package);
        CheckSymbols(name, symbols);
        Console.WriteLine($"{name}: {new FileInfo(package).Length / 1024} KB, {(faults.Count == before ? "complete" : "faulty")}");
    }
}

Expect(File.Exists(Path.Combine(root, "SECURITY.md")), "SECURITY.md is missing at the root");
faults.ForEach(f => Console.Error.WriteLine($"package content: {f}"));
return faults.Count == 0 ? 0 : 1;

string? Find(string name, string extension)
{
    // The name is followed by the version, so CloudObserve.Cli.0.1.0 is not a package of CloudObserve.
    string[] found =
        [.. Directory.EnumerateFiles(folder, $"{name}.*.{extension}").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[name.Length + 1]))];
    Expect(found.Length == 1, $"{name}: {found.Length} files *.{extension}, not one");
    return found.Length == 1 ? found[0] : null;
}

void CheckContent(string name, string path)
{
    using ZipArchive package = ZipFile.OpenRead(path);
    string[] entries = [.. package.Entries.Select(e => e.FullName)];
    foreach (string file in new[] { "README.md", "icon.png" })
    {
        Expect(entries.Contains(file), $"{name}: {file} is missing");
    }

    ZipArchiveEntry[] assemblies = [.. package.Entries.Where(e => e.Name == $"{name}.dll")];
    Expect(assemblies.Length > 0, $"{name}: {name}.dll is missing");
    bool isTool = entries.Any(e => e.StartsWith("tools/", StringComparison.Ordinal));
    Expect(isTool || entries.Contains($"lib/net10.0/{name}.xml"), $"{name}: the documentation beside the assembly is missing");
    Expect(isTool || !entries.Any(e => e.EndsWith(".pdb", StringComparison.Ordinal)),
        $"{name}: symbols are in the package and not beside it");
    bool hasKeys = File.Exists(Path.Combine(root, "src", name, "ConfigurationSchema.json"));
    Expect(!hasKeys || (entries.Contains("ConfigurationSchema.json") && entries.Contains($"buildTransitive/net10.0/{name}.targets")),
        $"{name}: the schema of appsettings.json is missing");
    foreach (ZipArchiveEntry assembly in assemblies)
    {
        Expect(!Holds(assembly, root), $"{name}: {assembly.FullName} names the folder it was built in; build with CI=true");
    }
}

void CheckManifest(string name, string path)
{
    using ZipArchive package = ZipFile.OpenRead(path);
    using Stream text = package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
    XElement metadata = XDocument.Load(text).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    string? Value(string element) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == element)?.Value;
    Expect(Value("id") == name, $"{name}: its id is {Value("id")}");
    Expect(Value("license") == "Apache-2.0", $"{name}: its licence is {Value("license") ?? "missing"}");
    Expect(Value("readme") == "README.md", $"{name}: the manifest names no README");
    Expect(Value("icon") == "icon.png", $"{name}: the manifest names no icon");
    Expect(Value("description") is { Length: > 40 }, $"{name}: the description is missing");
    Expect(!string.IsNullOrWhiteSpace(Value("tags")), $"{name}: tags are missing");
    ExpectOwn(name, "description", Value("description"));
    ExpectOwn(name, "tags", Value("tags"));
    XElement? repository = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "repository");
    Expect((string?)repository?.Attribute("type") == "git", $"{name}: the manifest names no repository");
    Expect(((string?)repository?.Attribute("commit"))?.Length == 40, $"{name}: the manifest names no commit");
}

// Outside the repository only absolute links work.
void CheckReadme(string name, string path)
{
    using ZipArchive package = ZipFile.OpenRead(path);
    string readme = TextOf(package.GetEntry("README.md"));
    Expect(readme.StartsWith($"# {name}\n", StringComparison.Ordinal), $"{name}: README.md is not its own");
    foreach (Match link in Regex.Matches(
        readme, @"\]\(\s*<?(?<to>[^)\s>]+)|^\[[^\]]+\]:\s*(?<to>\S+)|(?:src|href)=""(?<to>[^""]+)""", RegexOptions.Multiline))
    {
        Expect(link.Groups["to"].Value.StartsWith("https://", StringComparison.Ordinal),
            $"{name}: README.md links to {link.Groups["to"].Value}, which is not absolute");
    }
}

// Each documented type is one that users of the assembly can reach, and each reachable type is documented.
void CheckDocumentation(string name, string path)
{
    using ZipArchive package = ZipFile.OpenRead(path);
    if (package.GetEntry($"lib/net10.0/{name}.xml") is not { } documentation)
    {
        Expect(!package.Entries.Any(
            e => e.Name.EndsWith(".xml", StringComparison.Ordinal) && e.FullName.StartsWith("tools/", StringComparison.Ordinal)
            && e.Name != "DotnetToolSettings.xml"), $"{name}: a tool has documentation");
        return;
    }

    using PEReader assembly = Open(package, name);
    MetadataReader metadata = assembly.GetMetadataReader();
    HashSet<string> types = [
        .. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Where(t => IsReachable(metadata, t))
            .Select(t => NameOf(metadata, t))];
    HashSet<string> documented = [];
    foreach (string id in XDocument.Parse(TextOf(documentation)).Descendants("member").Select(m => (string)m.Attribute("name")!))
    {
        string member = id[2..].Split('(', '~')[0];
        string type = id[0] == 'T' ? member : member[..member.LastIndexOf('.')];
        Expect(types.Contains(type), $"{name}: the documentation has {id}, which users cannot reach");
        _ = documented.Add(type);
    }

    Expect(types.IsSubsetOf(documented), $"{name}: not documented: {string.Join(", ", types.Except(documented))}");
}

// A user pays for every dependency. The package names only what its assembly uses itself.
void CheckDependencies(string name, string path)
{
    using ZipArchive package = ZipFile.OpenRead(path);
    using PEReader assembly = Open(package, name);
    MetadataReader metadata = assembly.GetMetadataReader();
    HashSet<string> used = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    XDocument manifest = XDocument.Parse(TextOf(package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal))));
    XDocument project = XDocument.Load(Path.Combine(root, "src", name, $"{name}.csproj"));
    IEnumerable<string> referenced = project.Descendants("PackageReference").Where(e => e.Attribute("PrivateAssets") is null)
        .Select(e => (string)e.Attribute("Include")!);
    foreach (string dependency in manifest.Descendants().Where(e => e.Name.LocalName == "dependency")
        .Select(e => (string)e.Attribute("id")!).Union(referenced))
    {
        Expect(used.Contains(dependency), $"{name}: the package depends on {dependency}, but its assembly does not use it");
    }
}

static PEReader Open(ZipArchive package, string name)
{
    MemoryStream content = new();
    using Stream packed = package.Entries.First(e => e.Name == $"{name}.dll").Open();
    packed.CopyTo(content);
    content.Position = 0;
    return new PEReader(content);
}

static bool IsReachable(MetadataReader metadata, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
{
    TypeAttributes.Public => true,
    TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
        or TypeAttributes.NestedFamORAssem => IsReachable(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
    _ => false,
};

static string NameOf(MetadataReader metadata, TypeDefinition type) => type.IsNested
    ? $"{NameOf(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}.{metadata.GetString(type.Name)}"
    : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

static string TextOf(ZipArchiveEntry? entry)
{
    using StreamReader reader = new(entry?.Open() ?? Stream.Null);
    return reader.ReadToEnd();
}

void ExpectOwn(string name, string what, string? text)
{
    Expect(texts.TryAdd($"{what}: {text}", name), $"{name}: its {what} are those of {texts.GetValueOrDefault($"{what}: {text}")}");
}

void CheckSymbols(string name, string path)
{
    using ZipArchive symbols = ZipFile.OpenRead(path);
    ZipArchiveEntry? database = symbols.Entries.FirstOrDefault(e => e.Name == $"{name}.pdb");
    Expect(database is not null, $"{name}: its symbols are missing");
    Expect(database is null || !Holds(database, root), $"{name}: the symbols name the folder it was built in; build with CI=true");
}

static bool Holds(ZipArchiveEntry entry, string text)
{
    using MemoryStream content = new();
    using (Stream packed = entry.Open())
    {
        packed.CopyTo(content);
    }

    ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
    return bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
}

void Expect(bool holds, string fault)
{
    if (!holds)
    {
        faults.Add(fault);
    }
}
