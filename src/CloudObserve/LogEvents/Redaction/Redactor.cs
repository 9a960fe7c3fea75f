using System.Buffers;
using CloudObserve.Logs;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Replaces secrets in the text of an event.</summary>
/// <remarks>
/// One vectorized pass searches for the few words with which a credential begins, or which name one. Only at such a word does a detector
/// examine the text further. An event without such a word costs only this pass, without a copy or an allocation. Replaced parts are inside
/// a JSON string or are whole values, so that JSON stays valid JSON.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class Redactor
{
    // Making a scan takes milliseconds, and the redactors of a process mostly look for the same names.
    private static volatile LatestScan? _latest;

    private readonly bool _enabled;
    private readonly bool _emails;
    private readonly bool _cardNumbers;
    private readonly FieldNames _fieldNames;
    private readonly FieldValues _fieldValues;
    private readonly UrlPasswords _urlPasswords;
    private readonly Statements _statements;
    private readonly CandidateScan _scan;
    private readonly Marker _marker;
    private readonly PatternRedactor _patterns;
    private readonly RedactionFindings _findings = new();
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private EmbeddedMetricTargets? _targets;

    /// <summary>Initializes a new instance of the <see cref="Redactor"/> class.</summary>
    /// <param name="options">Valid options, which <see cref="RedactionRules"/> has checked.</param>
    internal Redactor(RedactionOptions options)
    {
        _enabled = options.Enabled;
        _emails = options.Emails;
        _cardNumbers = options.CardNumbers;
        _fieldNames = new FieldNames(options.FieldNames);
        ValueShape shape = new(_fieldNames);
        _fieldValues = new FieldValues(shape);
        _urlPasswords = new UrlPasswords(shape);
        _statements = new Statements(shape);
        _scan = ScanFor(_fieldNames);
        _marker = new Marker(options.HashKey);
        _patterns = new PatternRedactor(options.Patterns, _marker);
    }

    /// <summary>Writes the redacted text if there is something to redact.</summary>
    /// <param name="text">The event's text in UTF-8: JSON or plain text.</param>
    /// <param name="output">Receives the redacted text.</param>
    /// <param name="targets">
    /// For an embedded metric document, its metrics and dimensions, which are not secret because of their name alone.
    /// </param>
    /// <returns><see langword="false"/> if nothing was found and nothing was written.</returns>
    internal bool TryRedact(ReadOnlySpan<byte> text, IBufferWriter<byte> output, EmbeddedMetricTargets? targets = null)
    {
        if (!_enabled)
        {
            return false;
        }

        _targets = targets;
        targets?.Begin();

        Find(new EventText(text));
        if (_patterns.IsEmpty || text.IsEmpty)
        {
            return _findings.Count > 0 && Write(text, output);
        }

        return _findings.Count > 0 ? WriteThenMatch(text, output) : _patterns.TryRedact(text, output);
    }

    private static CandidateScan ScanFor(FieldNames names)
    {
        string key = string.Join('\n', names.Words);
        LatestScan? latest = _latest;
        if (latest?.Key != key)
        {
            string[] beginnings = [.. Credentials.Words, .. UrlPasswords.Words, .. EscapedNames.Words, .. Statements.Words];
            _latest = latest = new LatestScan(key, new CandidateScan(Words(beginnings, names.Words)));
        }

        return latest.Scan;
    }

    // A name is found by any part of it. What begins in a certain way is found by its beginning alone.
    private static string[] Words(string[] beginnings, IReadOnlyCollection<string> names)
    {
        string[] all = [.. beginnings, .. names];
        return
        [
            .. beginnings.Where(b => !all.Any(o => o.Length < b.Length && b.StartsWith(o, StringComparison.OrdinalIgnoreCase))),
            .. names.Where(n => !all.Any(o => o.Length < n.Length && n.Contains(o, StringComparison.OrdinalIgnoreCase))),
        ];
    }

    private void Find(in EventText text)
    {
        _findings.Clear();
        FindCredentials(text);
        if (_emails)
        {
            EmailAddresses.Find(text, _findings);
        }

        if (_cardNumbers)
        {
            CardNumbers.Find(text, _findings);
        }

        if (_findings.Count > 0)
        {
            RepeatedSecrets.Find(text, _findings);
            _findings.Merge();
        }
    }

    private void FindCredentials(in EventText text)
    {
        int at = _scan.Next(text.Bytes, 0);
        while (at >= 0)
        {
            Finding finding = At(text, at);
            if (finding.End > 0)
            {
                _findings.Add(finding);
            }

            if (finding.Kind == FindingKinds.AccessKeyId)
            {
                Credentials.FindSecretKeysBeside(text, finding.Start, finding.End, _findings);
            }

            // The text between a word and a key after it has not been examined yet. The text between a name and its value cannot contain a
            // secret.
            bool leftSomethingOut = finding.Kind == FindingKinds.SecretAccessKey;
            at = _scan.Next(text.Bytes, leftSomethingOut ? at + 1 : Math.Max(at + 1, finding.End));
        }
    }

    private Finding At(in EventText text, int at)
    {
        switch (text[at])
        {
            case (byte)':':
                return _urlPasswords.At(text, at);
            case (byte)'\\':
                return ValueOf(text, EscapedNames.At(text, at, _fieldNames));
            default:
                Finding credential = Credentials.At(text, at);
                Finding found = credential.End > 0 ? credential : _statements.At(text, at);
                return found.End > 0 ? found : FieldAt(text, at);
        }
    }

    private Finding FieldAt(in EventText text, int at)
    {
        int end = text.WordEnd(at);
        Finding finding = FieldValues.MayFollow(text, at, end) ? Named(text, text.WordStart(at), end) : default;
        bool saysSecret = finding.End == 0 && text.Bytes[at..end] is [(byte)'s' or (byte)'S', (byte)'e' or (byte)'E', ..];
        return saysSecret ? Credentials.SecretKeyBehind(text, end) : finding;
    }

    private Finding Named(in EventText text, int wordStart, int end)
    {
        int start = EncodedValues.NameStart(text, wordStart, end);
        return ValueOf(text, new FieldName(start, end, _fieldNames.Find(text.Bytes[start..end])));
    }

    private Finding ValueOf(in EventText text, in FieldName name)
    {
        Finding finding = name.Kind == SecretNameKind.None ? default : _fieldValues.Behind(text, name);
        return finding.End > 0 && _targets?.IsValue(text.Bytes, finding.Start, finding.End) == true ? default : finding;
    }

    private bool Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        int copied = 0;
        foreach (Finding finding in _findings)
        {
            output.Write(text[copied..finding.Start]);
            WriteQuote(finding, output);
            _marker.Write(finding.Kind, text[finding.Start..finding.End], output);
            WriteQuote(finding, output);
            copied = finding.End;
        }

        output.Write(text[copied..]);
        return true;
    }

    private static void WriteQuote(in Finding finding, IBufferWriter<byte> output)
    {
        if (finding.Quotes.Exists)
        {
            finding.Quotes.Write(output);
        }
    }

    private bool WriteThenMatch(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        _scratch.ResetWrittenCount();
        _ = Write(text, _scratch);
        if (!_patterns.TryRedact(_scratch.WrittenSpan, output))
        {
            output.Write(_scratch.WrittenSpan);
        }

        return true;
    }

    private sealed record LatestScan(string Key, CandidateScan Scan);
}
