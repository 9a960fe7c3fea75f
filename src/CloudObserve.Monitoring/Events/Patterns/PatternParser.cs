using System.Text;
using CloudObserve.Events;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Parses event patterns, and refuses what EventBridge refuses with its reasons.</summary>
internal sealed class PatternParser
{
    private const string Or = "$or";

    // Inside of $or, these names make EventBridge take $or for the name of a field.
    private static readonly HashSet<string> Reserved = new(
        [
            "exactly", "equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard", "numeric", "cidr", "=", "<", "<=",
            ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case", "date-after", "date-on-or-after", "date-before",
            "date-on-or-before", "in-date-range", "ip-address-in-range", "ip-address-not-in-range",
        ],
        StringComparer.Ordinal);

    private readonly PatternReader _reader;
    private readonly TestParser _tests;
    private readonly bool _knowsOr;

    // The paths in the order of the pattern. Of a repeated path, the last value counts.
    private List<OrderedFields> _alternatives = [];

    private PatternParser(string text, bool knowsOr)
    {
        _reader = new PatternReader(text);
        _tests = new TestParser(_reader);
        _knowsOr = knowsOr;
    }

    /// <summary>Parses a pattern.</summary>
    /// <returns>The pattern; <see langword="null"/> if it is invalid.</returns>
    internal static PatternSyntax? Parse(string text, out EventPatternError? error)
    {
        error = null;
        int bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > EventPatternLimits.MaxPatternBytes)
        {
            error = new EventPatternError(
                text, text.Length, $"the pattern has {bytes} bytes; at most {EventPatternLimits.MaxPatternBytes} are allowed");
            return null;
        }

        try
        {
            return new PatternParser(text, knowsOr: true).Parse();
        }
        catch (PatternFaultException fault) when (fault.IsFinal || !text.Contains(Or, StringComparison.Ordinal))
        {
            error = new EventPatternError(text, fault.Position, fault.Message);
            return null;
        }
        catch (PatternFaultException)
        {
            return ParseWithoutOr(text, out error);
        }
    }

    // A pattern that is older than $or may have a field of this name. EventBridge reads it as before, and tells the fault of that reading.
    private static PatternSyntax? ParseWithoutOr(string text, out EventPatternError? error)
    {
        error = null;
        try
        {
            return new PatternParser(text, knowsOr: false).Parse();
        }
        catch (PatternFaultException fault)
        {
            error = new EventPatternError(text, fault.Position, fault.Message);
            return null;
        }
    }

    private PatternSyntax Parse()
    {
        if (_reader.IsAtEnd() || _reader.Next() != PatternTokenKind.StartObject)
        {
            throw _reader.Fault("Filter is not an object");
        }

        ParseObject("", isRoot: true, isInOr: false);
        _reader.End();
        return new PatternSyntax([.. _alternatives.Select(static a => (IReadOnlyList<PatternField>)a.ToFields())]);
    }

    private void ParseObject(string path, bool isRoot, bool isInOr)
    {
        bool isEmpty = true;
        while (_reader.Next() != PatternTokenKind.EndObject)
        {
            isEmpty = false;
            string name = _reader.Name;
            if (name == Or && _knowsOr)
            {
                ParseOr(path, isRoot);
                continue;
            }

            if (isInOr && Reserved.Contains(name))
            {
                throw _reader.Fault($"{name} is Ruler reserved fieldName which cannot be used inside {Or}.");
            }

            string field = isRoot ? name : $"{path}.{name}";
            switch (_reader.Next())
            {
                case PatternTokenKind.StartObject:
                    ParseObject(field, isRoot: false, isInOr);
                    break;
                case PatternTokenKind.StartArray:
                    Add(field, _tests.ParseList());
                    break;
                default:
                    throw _reader.Fault($"\"{name}\" must be an object or an array");
            }
        }

        if (isEmpty)
        {
            throw _reader.Fault("Empty objects are not allowed");
        }
    }

    private void ParseOr(string path, bool isRoot)
    {
        if (_reader.Next() != PatternTokenKind.StartArray)
        {
            throw _reader.Fault($"It must be an Array followed with {Or}.");
        }

        List<OrderedFields> before = _alternatives;
        List<OrderedFields> after = [];
        int branches = 0;
        while (_reader.Next() != PatternTokenKind.EndArray)
        {
            branches++;
            if (_reader.Kind != PatternTokenKind.StartObject)
            {
                throw _reader.Fault($"Only JSON object is allowed in array of {Or} relationship.");
            }

            _alternatives = [.. before.Select(static a => a.Copy())];
            ParseObject(path, isRoot, isInOr: true);
            after.AddRange(_alternatives);
            DemandFew(after.Count);
        }

        if (branches < 2)
        {
            throw _reader.Fault($"There must have at least 2 Objects in {Or} relationship.");
        }

        _alternatives = after;
    }

    private void DemandFew(int combinations)
    {
        if (combinations > EventPatternLimits.MaxCombinations)
        {
            throw new PatternFaultException(
                $"The branches of {Or} have more than {EventPatternLimits.MaxCombinations} combinations", _reader.Location, isFinal: true);
        }
    }

    private void Add(string path, IReadOnlyList<PatternTest> tests)
    {
        if (_alternatives.Count == 0)
        {
            _alternatives.Add(new OrderedFields());
        }

        PatternField field = new(path, tests);
        foreach (OrderedFields alternative in _alternatives)
        {
            alternative.Set(field);
        }
    }

    private sealed class OrderedFields
    {
        private readonly List<PatternField> _fields = [];

        internal OrderedFields Copy()
        {
            OrderedFields copy = new();
            copy._fields.AddRange(_fields);
            return copy;
        }

        internal void Set(PatternField field)
        {
            int index = _fields.FindIndex(f => f.Path == field.Path);
            if (index >= 0)
            {
                _fields[index] = field;
            }
            else
            {
                _fields.Add(field);
            }
        }

        internal PatternField[] ToFields() => [.. _fields];
    }
}
