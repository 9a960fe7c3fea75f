using System.Text;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Parses the list of tests of a field.</summary>
internal sealed class TestParser(PatternReader reader)
{
    private const string OneKey = "Only one key allowed in match expression";
    private const string TooMany = "Too many elements in numeric expression";

    private readonly NumericParser _numbers = new(reader);

    /// <summary>Parses a list whose bracket has been read.</summary>
    /// <exception cref="PatternFaultException">The list is invalid.</exception>
    internal IReadOnlyList<PatternTest> ParseList()
    {
        List<PatternTest> tests = [];
        while (reader.Next() != PatternTokenKind.EndArray)
        {
            tests.Add(reader.Kind switch
            {
                PatternTokenKind.StartObject => ParseExpression(),
                PatternTokenKind.Text => Plain(reader.Text),
                PatternTokenKind.Number => PlainNumber(reader.Text),
                PatternTokenKind.True => new PatternTest(PatternTestKind.True) { Words = "true" },
                PatternTokenKind.False => new PatternTest(PatternTestKind.False) { Words = "false" },
                PatternTokenKind.Null => new PatternTest(PatternTestKind.Null) { Words = "null" },
                _ => throw reader.Fault("Match value must be String, number, true, false, or null"),
            });
        }

        return tests.Count > 0 ? tests : throw reader.Fault("Empty arrays are not allowed");
    }

    // A string that is an address is compared as an address.
    private static PatternTest Plain(string text)
    {
        string words = Quote(text);
        return IpAddresses.TryParse(text, out AddressRange address)
            ? new PatternTest(PatternTestKind.Address, text, Addresses: address) { Words = words }
            : new PatternTest(PatternTestKind.Exact, text) { Words = words };
    }

    private static PatternTest PlainNumber(string text) => JsonNumbers.TryGetDouble(Encoding.UTF8.GetBytes(text), out double value)
        ? new PatternTest(PatternTestKind.Range, "", value, value) { Words = text }
        : new PatternTest(PatternTestKind.NumberText, text) { Words = text };

    private static string Quote(string text) => $"\"{text}\"";

    private PatternTest ParseExpression()
    {
        if (reader.Next() != PatternTokenKind.Name)
        {
            throw reader.Fault("Match expression name not found");
        }

        string name = reader.Name;
        PatternTest test = name switch
        {
            "exactly" => Single(PatternTestKind.Exact, "exact"),
            "prefix" => Affix(PatternTestKind.Prefix, PatternTestKind.PrefixIgnoreCase, name),
            "suffix" => Affix(PatternTestKind.Suffix, PatternTestKind.SuffixIgnoreCase, name),
            "numeric" => _numbers.Parse(),
            "anything-but" => AnythingBut(),
            "exists" => Exists(),
            "cidr" => Cidr(),
            "equals-ignore-case" => Single(PatternTestKind.IgnoreCase, name),
            "wildcard" => Wildcard(),
            _ => throw reader.Fault($"Unrecognized match type {name}"),
        };
        Close(name is "numeric" or "anything-but" ? TooMany : OneKey);
        return test;
    }

    private void Close(string fault)
    {
        if (reader.Next() != PatternTokenKind.EndObject)
        {
            throw reader.Fault(fault);
        }
    }

    private string DemandText(string name) =>
        reader.Next() == PatternTokenKind.Text ? reader.Text : throw reader.Fault($"{name} match pattern must be a string");

    private PatternTest Single(PatternTestKind kind, string name)
    {
        string text = DemandText(name);
        return new PatternTest(kind, text) { Words = $"{(name == "exact" ? "exactly" : name)} {Quote(text)}" };
    }

    private PatternTest Affix(PatternTestKind kind, PatternTestKind ignoreCase, string name)
    {
        if (reader.Next() == PatternTokenKind.Text)
        {
            string text = reader.Text;
            return new PatternTest(kind, text) { Words = $"{name} {Quote(text)}" };
        }

        if (reader.Kind != PatternTokenKind.StartObject)
        {
            throw reader.Fault($"{name} match pattern must be a string");
        }

        if (reader.Next() != PatternTokenKind.Name)
        {
            throw reader.Fault($"{char.ToUpperInvariant(name[0])}{name[1..]} expression name not found");
        }

        if (reader.Name != "equals-ignore-case")
        {
            throw reader.Fault($"Unsupported {name} pattern: {reader.Name}");
        }

        string folded = DemandText("equals-ignore-case");
        Close(OneKey);
        return new PatternTest(ignoreCase, folded) { Words = $"{name} {Quote(folded)} in any case" };
    }

    private PatternTest Wildcard()
    {
        string text = DemandText("wildcard");
        CheckWildcard(text);
        return new PatternTest(PatternTestKind.Wildcard, text) { Words = $"wildcard {Quote(text)}" };
    }

    private void CheckWildcard(string text)
    {
        if (WildcardText.Fault(text) is { } fault)
        {
            throw reader.Fault(fault);
        }
    }

    private PatternTest Cidr()
    {
        // EventBridge names the wrong operator.
        if (reader.Next() != PatternTokenKind.Text)
        {
            throw reader.Fault("prefix match pattern must be a string");
        }

        string text = reader.Text;
        return IpAddresses.ParseCidr(text, out AddressRange range) is { } fault
            ? throw new PatternFaultException(fault, reader.Location, isFinal: true)
            : new PatternTest(PatternTestKind.Address, text, Addresses: range) { Words = $"cidr {Quote(text)}" };
    }

    private PatternTest Exists() => reader.Next() switch
    {
        PatternTokenKind.True => new PatternTest(PatternTestKind.Exists) { Words = "any value" },
        PatternTokenKind.False => new PatternTest(PatternTestKind.Absent) { Words = "no value" },
        _ => throw reader.Fault("exists match pattern must be either true or false."),
    };

    private PatternTest AnythingBut()
    {
        PatternTestKind? kind = null;
        if (reader.Next() == PatternTokenKind.StartObject)
        {
            if (reader.Next() != PatternTokenKind.Name)
            {
                throw reader.Fault("Anything-But expression name not found");
            }

            kind = reader.Name switch
            {
                "equals-ignore-case" => PatternTestKind.IgnoreCase,
                "prefix" => PatternTestKind.Prefix,
                "suffix" => PatternTestKind.Suffix,
                "wildcard" => PatternTestKind.Wildcard,
                _ => throw reader.Fault($"Unsupported anything-but pattern: {reader.Name}"),
            };
            _ = reader.Next();
        }

        IReadOnlyList<PatternTest> inner = reader.Kind switch
        {
            PatternTokenKind.StartArray => kind is { } list ? InnerList(list) : PlainList(),
            PatternTokenKind.Text or PatternTokenKind.Number => [kind is { } one ? InnerText(one) : PlainInner(isInList: false)],
            _ => throw reader.Fault("Value of anything-but must be an array or single string/number value."),
        };
        if (kind is not null)
        {
            Close(TooMany);
        }

        return new PatternTest(PatternTestKind.AnythingBut, Inner: inner)
        {
            Words = $"anything but {string.Join(" or ", inner.Select(static t => t.Words))}",
        };
    }

    private List<PatternTest> InnerList(PatternTestKind kind)
    {
        List<PatternTest> inner = [];
        while (reader.Next() != PatternTokenKind.EndArray)
        {
            inner.Add(InnerText(kind));
        }

        return inner;
    }

    private PatternTest InnerText(PatternTestKind kind)
    {
        if (reader.Kind != PatternTokenKind.Text)
        {
            throw reader.Fault(kind switch
            {
                PatternTestKind.IgnoreCase => "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
                PatternTestKind.Wildcard => "wildcard match pattern must be a string",
                _ => "prefix/suffix match pattern must be a string",
            });
        }

        string text = reader.Text;
        if (kind is PatternTestKind.Prefix or PatternTestKind.Suffix && text.Length == 0)
        {
            throw reader.Fault("Null prefix/suffix not allowed");
        }

        if (kind == PatternTestKind.Wildcard)
        {
            CheckWildcard(text);
        }

        string name = kind == PatternTestKind.IgnoreCase ? "equals-ignore-case" : kind.ToString().ToLowerInvariant();
        return new PatternTest(kind, text) { Words = $"{name} {Quote(text)}" };
    }

    private List<PatternTest> PlainList()
    {
        List<PatternTest> inner = [];
        while (reader.Next() != PatternTokenKind.EndArray)
        {
            inner.Add(PlainInner(isInList: true));
        }

        bool hasNumbers = inner.Any(static t => t.Kind == PatternTestKind.Range);
        return inner.Count > 0 && inner.All(t => t.Kind == PatternTestKind.Range == hasNumbers)
            ? inner
            : throw reader.Fault("Inside anything but list, either all values are number or string, mixed type is not supported");
    }

    private PatternTest PlainInner(bool isInList)
    {
        switch (reader.Kind)
        {
            case PatternTokenKind.Text:
                return new PatternTest(PatternTestKind.Exact, reader.Text) { Words = Quote(reader.Text) };
            case PatternTokenKind.Number:
                string text = reader.Text;
                return JsonNumbers.TryGetDouble(Encoding.UTF8.GetBytes(text), out double value)
                    ? new PatternTest(PatternTestKind.Range, "", value, value) { Words = text }
                    : throw new PatternFaultException($"Cannot compare number : {text}", reader.Location, isFinal: !isInList);
            default:
                throw reader.Fault("Inside anything but list, start|null|boolean is not supported.");
        }
    }
}
