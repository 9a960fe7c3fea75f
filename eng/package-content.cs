#:property PublishAot=false
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

// Checks the content of the packages. Each must contain what users, editors and debuggers need, and no path of the machine that built it.
// Usage: dotnet run eng/package-content.cs -- FOLDER-OF-PACKAGES ROOT-OF-THE-REPOSITORY
string folder = args[0];
string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(args[1]));
List<string> faults = [];
string[] names = [.. Directory.EnumerateDirectories(Path.Combine(root, "src")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];
foreach (string name in names)
{
    if (Find(name, "nupkg") is { } package && Find(name, "snupkg") is { } symbols)
    {
        int before = faults.Count;
        CheckContent(name, package);
        CheckManifest(name, package);
        CheckSymbols(name, symbols);
        Console.WriteLine($"{name}: {new FileInfo(package).Length / 1024} KB, {(faults.Count == before ? "complete" : "faulty")}");
    }
}

faults.ForEach(f => Console.Error.WriteLine($"package content: {f}"));
return faults.Count == 0 ? 0 : 1;

string? Find(string name, string extension)
{
    // The name is followed by the version, so CloudObserve.Cli.0.1.0 is not a package of CloudObserve.
    string[] found = [.. Directory.EnumerateFiles(folder, $"{name}.*.{extension}").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[name.Length + 1]))];
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
    Expect(isTool || !entries.Any(e => e.EndsWith(".pdb", StringComparison.Ordinal)), $"{name}: symbols are in the package and not beside it");
    bool hasKeys = File.Exists(Path.Combine(root, "src", name, "ConfigurationSchema.json"));
    Expect(!hasKeys || (entries.Contains("ConfigurationSchema.json") && entries.Contains($"buildTransitive/net10.0/{name}.targets")), $"{name}: the schema of appsettings.json is missing");
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
    XElement? repository = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "repository");
    Expect((string?)repository?.Attribute("type") == "git", $"{name}: the manifest names no repository");
    Expect(((string?)repository?.Attribute("commit"))?.Length == 40, $"{name}: the manifest names no commit");
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
