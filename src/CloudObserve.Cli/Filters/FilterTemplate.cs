using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.Filters;

namespace CloudObserve.Cli.Filters;

/// <summary>Writes a CloudFormation template of <c>AWS::Logs::MetricFilter</c> resources.</summary>
/// <remarks>Placeholders of log groups become its parameters.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed partial class FilterTemplate : IDisposable
{
    private readonly Stream _output;
    private readonly Utf8JsonWriter _json;
    private readonly SortedSet<string> _parameters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    internal FilterTemplate(Stream output)
    {
        _output = output;

        // The template is not part of an HTML page, and patterns are easier to read unescaped.
        _json = new Utf8JsonWriter(output, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        _json.WriteStartObject();
        _json.WriteString("AWSTemplateFormatVersion", "2010-09-09");
        _json.WriteStartObject("Resources");
    }

    /// <summary>Adds a filter: one resource for each of its log groups.</summary>
    internal void Add(string name, MetricFilterOptions filter, IEnumerable<string> groups)
    {
        foreach (string group in groups)
        {
            _json.WriteStartObject(IdOf(name));
            _json.WriteString("Type", "AWS::Logs::MetricFilter");
            _json.WriteStartObject("Properties");
            _json.WriteString("FilterName", name);
            WriteGroup(group);
            _json.WriteString("FilterPattern", filter.Pattern);
            _json.WriteStartArray("MetricTransformations");
            WriteTransformation(filter);
            _json.WriteEndArray();
            WriteSystemFields(filter.EmitSystemFieldDimensions);
            _json.WriteEndObject();
            _json.WriteEndObject();
        }
    }

    internal void Complete()
    {
        _json.WriteEndObject();
        if (_parameters.Count > 0)
        {
            _json.WriteStartObject("Parameters");
            foreach (string parameter in _parameters)
            {
                _json.WriteStartObject(parameter);
                _json.WriteString("Type", "String");
                _json.WriteEndObject();
            }

            _json.WriteEndObject();
        }

        _json.WriteEndObject();
        _json.Flush();
        _output.WriteByte((byte)'\n');
    }

    public void Dispose() => _json.Dispose();

    private void WriteGroup(string group)
    {
        if (!Placeholder().IsMatch(group))
        {
            _json.WriteString("LogGroupName", group);
            return;
        }

        _parameters.UnionWith(Placeholder().Matches(group).Select(static match => match.Groups[1].Value));
        _json.WriteStartObject("LogGroupName");
        _json.WriteString("Fn::Sub", Placeholder().Replace(group, "$${$1}"));
        _json.WriteEndObject();
    }

    private void WriteSystemFields(IList<string> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("EmitSystemFieldDimensions");
        foreach (string field in fields)
        {
            _json.WriteStringValue(field);
        }

        _json.WriteEndArray();
    }

    private void WriteTransformation(MetricFilterOptions filter)
    {
        _json.WriteStartObject();
        _json.WriteString("MetricName", filter.Metric);
        _json.WriteString("MetricNamespace", filter.Namespace);
        _json.WriteString("MetricValue", filter.Value);
        if (filter.Default is { } value)
        {
            _json.WriteNumber("DefaultValue", value);
        }

        if (filter.Dimensions.Count > 0)
        {
            _json.WriteStartArray("Dimensions");
            foreach ((string dimension, string selector) in filter.Dimensions)
            {
                _json.WriteStartObject();
                _json.WriteString("Key", dimension);
                _json.WriteString("Value", selector);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        _json.WriteString("Unit", filter.Unit.ToString().Replace("PerSecond", "/Second", StringComparison.Ordinal));
        _json.WriteEndObject();
    }

    // In CloudFormation a logical id consists of letters and digits and must be unique.
    private string IdOf(string name)
    {
        string id = $"Filter{string.Concat(name.Where(char.IsAsciiLetterOrDigit))}";
        for (int number = 2; !_ids.Add(id); number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"Filter{string.Concat(name.Where(char.IsAsciiLetterOrDigit))}{number}");
        }

        return id;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
