using System.Text;
using System.Xml;
using System.Xml.XPath;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Reads texts of known formats.</summary>
internal static class TextFormats
{
    /// <summary>Reads the pairs of a text such as <c>level=info msg="an order"</c> as a map.</summary>
    internal static LogValue Logfmt(in LogValue value)
    {
        string text = value.AsText().ToText() ?? "";
        Dictionary<string, LogValue> pairs = new(StringComparer.Ordinal);
        int position = 0;
        while (position < text.Length)
        {
            if (text[position] <= ' ')
            {
                position++;
                continue;
            }

            int start = position;
            while (position < text.Length && text[position] > ' ' && text[position] != '=')
            {
                position++;
            }

            string key = text[start..position];
            if (position < text.Length && text[position] == '=' && key.Length > 0)
            {
                position++;
                pairs[key] = LogValue.From(LogfmtValue(text, ref position));
            }
            else
            {
                position += position < text.Length && text[position] == '=' ? 1 : 0;
            }
        }

        return pairs.Count == 0 ? LogValue.Missing : JsonAccess.Map(pairs);
    }

    /// <summary>Reads the values of a line whose separator is a comma.</summary>
    internal static IReadOnlyList<LogValue> Csv(in LogValue value)
    {
        string text = value.AsText().ToText() ?? "";
        List<LogValue> values = [];
        int position = 0;
        while (position <= text.Length)
        {
            StringBuilder field = new();
            bool isQuoted = position < text.Length && text[position] == '"';
            position += isQuoted ? 1 : 0;
            while (position < text.Length && (isQuoted || text[position] != ','))
            {
                bool isQuote = isQuoted && text[position] == '"';
                bool isDoubled = isQuote && position + 1 < text.Length && text[position + 1] == '"';
                _ = isQuote && !isDoubled ? field : field.Append(text[position]);
                isQuoted &= !isQuote || isDoubled;
                position += isDoubled ? 2 : 1;
            }

            values.Add(LogValue.From(field.ToString()));
            position++;
        }

        return values;
    }

    /// <summary>Reads the value at a path of an XML document.</summary>
    internal static LogValue Xml(in LogValue value, XPathExpression path)
    {
        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using XmlReader reader = XmlReader.Create(new StringReader(value.AsText().ToText() ?? ""), settings);
            return new XPathDocument(reader).CreateNavigator().SelectSingleNode(path) is { } node
                ? LogValue.From(node.Value)
                : LogValue.Missing;
        }
        catch (XmlException)
        {
            // The text is not XML.
            return LogValue.Missing;
        }
    }

    private static string LogfmtValue(string text, ref int position)
    {
        if (position == text.Length || text[position] != '"')
        {
            int start = position;
            while (position < text.Length && text[position] > ' ')
            {
                position++;
            }

            return text[start..position];
        }

        StringBuilder value = new();
        for (position++; position < text.Length && text[position] != '"'; position++)
        {
            position += text[position] == '\\' && position + 1 < text.Length ? 1 : 0;
            _ = value.Append(text[position]);
        }

        position++;
        return value.ToString();
    }
}
