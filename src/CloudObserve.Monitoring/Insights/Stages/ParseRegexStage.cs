using System.Text.RegularExpressions;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Takes the named groups of a regular expression out of a text.</summary>
/// <param name="source">Gets the text.</param>
/// <param name="regex">The regular expression.</param>
/// <param name="groups">The names of the groups, and where their values go.</param>
/// <param name="isMultiple">Whether each match makes a row.</param>
internal sealed class ParseRegexStage(RowFunction source, Regex regex, IReadOnlyList<(string Group, int Slot)> groups, bool isMultiple)
    : RowStage
{
    private readonly TextBuffer _buffer = new();

    internal override void Push(LogRow row)
    {
        LogValue text = source(row).AsText();
        // A match of a span makes no objects, so it comes first.
        Match match = !text.IsMissing && regex.IsMatch(_buffer.Decode(text.Utf8)) ? regex.Match(text.ToText()!) : Match.Empty;
        do
        {
            foreach ((string name, int slot) in groups)
            {
                Group group = match.Groups[name];
                row.Values[slot] = group.Success ? LogValue.From(group.Value) : LogValue.Missing;
            }

            Next!.Push(row);
            match = isMultiple ? match.NextMatch() : Match.Empty;
        }
        while (match.Success);
    }
}
