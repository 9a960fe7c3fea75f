using System.Text;

namespace CloudObserve.Tests.Filters.Reference;

/// <summary>Writes events out of the words that <see cref="SyntaxGenerator"/> asks for.</summary>
internal sealed class EventGenerator(Random random)
{
    internal string Line() => random.Join(0, 8, Part) + random.Pick(string.Empty, " ", "\n");

    /// <summary>A JSON text, spelled in all the ways JSON allows; now and then with a fault.</summary>
    internal string Json()
    {
        string json = Blank() + (random.Chance(10) ? Array(3) : Object(3)) + Blank();
        return random.Chance(6) ? Spoil(json) : json;
    }

    private string Spoil(string json)
    {
        int at = random.Next(json.Length);
        return random.Next(3) switch
        {
            _ when char.IsSurrogate(json[at]) => json,
            0 => json[..at],
            1 => json.Remove(at, 1),
            _ => json.Insert(at, random.Pick(",", "}", "]", "\"", "\\", "x", "1", ":")),
        };
    }

    private string Part() => random.Next(6) switch
    {
        0 => random.Pick(" ", "\t", "\n", "  "),
        1 => $"[{random.Pick(SyntaxGenerator.Words)} {random.Pick(SyntaxGenerator.Words)}] ",
        2 => $"\"{random.Pick(SyntaxGenerator.Words)} x\"{random.Pick(" ", string.Empty)}",
        3 => random.Pick("[", "\"", "é", "..", "c:1"),
        _ => random.Pick(SyntaxGenerator.Words) + " ",
    };

    private string Value(int depth) => random.Next(depth == 0 ? 4 : 6) switch
    {
        0 => random.Pick("true", "false", "null"),
        1 => random.Pick("1", "10", "1.5", "-5", "10.0", "1e1", "100E-1", "0", "0.5", "-0.0", "1e999"),
        2 or 3 => Text(random.Join(0, 2, () => random.Pick(SyntaxGenerator.Words))),
        4 => Array(depth - 1),
        _ => Object(depth - 1),
    };

    private string Object(int depth) =>
        $"{{{Blank()}{random.Join(0, 4, () => $"{Text(random.Pick(SyntaxGenerator.Keys))}{Blank()}:{Blank()}{Value(depth)}{Blank()}", "," + Blank())}}}";

    private string Array(int depth) => $"[{Blank()}{random.Join(0, 4, () => Value(depth) + Blank(), "," + Blank())}]";

    private string Blank() => random.Chance(4) ? random.Pick(" ", "\n", "\t", "\r\n") : string.Empty;

    private string Text(string text)
    {
        StringBuilder json = new("\"");
        foreach (char unit in text)
        {
            _ = unit switch
            {
                '"' or '\\' => json.Append('\\').Append(unit),
                _ when !char.IsSurrogate(unit) && random.Chance(5) => json.Append($"\\u{(int)unit:x4}"),
                _ => json.Append(unit),
            };
        }

        return json.Append('"').ToString();
    }
}
