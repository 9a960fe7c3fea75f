using CloudObserve.Filters.Patterns.Fields;
using CloudObserve.Filters.Patterns.Json;
using CloudObserve.Filters.Patterns.Syntax;
using CloudObserve.Filters.Patterns.Terms;

namespace CloudObserve.Filters.Patterns;

/// <summary>Represents patterns that are compiled to be evaluated together.</summary>
/// <remarks>A single pattern is a group of one, so there is one code path.</remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class PatternGroup
{
    private readonly PatternEvaluator[] _evaluators;
    private readonly int[] _firstCaptures;

    internal PatternGroup(params PatternQuery[] queries)
    {
        _firstCaptures = new int[queries.Length];
        List<TermsProgram> terms = [];
        List<FieldsProgram> fields = [];
        JsonCompiler? json = null;
        for (int i = 0; i < queries.Length; i++)
        {
            PatternQuery query = queries[i];
            _firstCaptures[i] = CaptureCount;
            switch (query.Syntax)
            {
                case JsonSyntax syntax:
                    (json ??= new JsonCompiler()).Add(i, syntax, query, CaptureCount);
                    break;
                case FieldsSyntax syntax:
                    fields.Add(new FieldsProgram(i, syntax, query.Captures, CaptureCount));
                    break;
                case TermsSyntax syntax:
                    terms.Add(new TermsProgram(i, syntax));
                    break;
            }

            CaptureCount += query.Captures.Length;
        }

        _evaluators = [.. Evaluators(terms, fields, json)];
    }

    /// <summary>Gets the number of patterns.</summary>
    internal int Count => _firstCaptures.Length;

    /// <summary>Gets the number of captures of all patterns.</summary>
    internal int CaptureCount { get; }

    /// <summary>Returns the index of the first capture of a pattern.</summary>
    internal int FirstCapture(int pattern) => _firstCaptures[pattern];

    internal void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        foreach (PatternEvaluator evaluator in _evaluators)
        {
            evaluator.Match(utf8, matches, captures);
        }
    }

    /// <summary>Evaluates a group that has one pattern.</summary>
    internal bool IsMatch(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures) => _evaluators[0].IsMatch(utf8, captures);

    private static IEnumerable<PatternEvaluator> Evaluators(List<TermsProgram> terms, List<FieldsProgram> fields, JsonCompiler? json)
    {
        if (terms.Count > 0)
        {
            yield return new TermsEvaluator([.. terms]);
        }

        if (fields.Count > 0)
        {
            yield return new FieldsEvaluator([.. fields]);
        }

        if (json is not null)
        {
            yield return json.Build();
        }
    }
}
