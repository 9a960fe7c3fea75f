using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using PublicDocs;

// Copies the documentation of an assembly without the members that users of the assembly cannot reach.
// Usage: dotnet PublicDocs.dll ASSEMBLY DOCUMENTATION RESULT
using PEReader assembly = new(File.OpenRead(args[0]));
HashSet<string> reachable = new PublicMembers(assembly.GetMetadataReader()).Ids();
XDocument documentation = XDocument.Load(args[1], LoadOptions.PreserveWhitespace);
List<XElement> hidden = [.. documentation.Descendants("member").Where(m => !reachable.Contains((string?)m.Attribute("name") ?? ""))];
foreach (XElement member in hidden)
{
    // The line of a member ends with its line break.
    if (member.NextNode is XText { } text && string.IsNullOrWhiteSpace(text.Value))
    {
        text.Remove();
    }

    member.Remove();
}

documentation.Save(args[2], SaveOptions.DisableFormatting);
