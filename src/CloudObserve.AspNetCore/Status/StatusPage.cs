using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace CloudObserve.AspNetCore.Status;

/// <summary>Renders the status as a page without scripts and external content; every value is encoded.</summary>
internal static class StatusPage
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>CloudObserve status</title>
        <style>
        body { font: 15px/1.4 system-ui, sans-serif; margin: 2em; }
        table { border-collapse: collapse; }
        th, td { text-align: left; padding: .2em .8em; border-bottom: 1px solid #8884; vertical-align: top; }
        .n { text-align: right; font-variant-numeric: tabular-nums; }
        </style>
        </head>
        <body>
        """;

    internal static string Write(CloudObserveStatus status)
    {
        StringBuilder page = new(Head);
        _ = page.Append(CultureInfo.InvariantCulture, $"<h1>CloudObserve: {Text(status.Health)}</h1>\n");
        _ = page.Append(CultureInfo.InvariantCulture,
            $"<p>{Text(status.Time.ToString("u", CultureInfo.InvariantCulture))}, to {Text(status.Destination)}, {Text(status.Series)} "
                + $"metric series</p>\n");
        _ = page.Append("<ul>\n").AppendJoin("", status.Reasons.Select(r => $"<li>{Text(r)}</li>\n")).Append("</ul>\n");
        Signals(page, status.Signals);
        Table(page, "Lost", ["signal", "reason", "#items"],
            status.Signals.SelectMany(s => s.Lost.Select(l => Row(s.Signal, l.Key, l.Value))));
        Table(
            page,
            "Metric filters",
            ["filter", "#matched", "#added", "#discarded", "#sampled out"],
            status.MetricFilters.Select(f => Row(f.Name, f.Matched, f.Added, f.Discarded, f.SampledOut)));
        Table(page, "Evaluated by CloudWatch Logs", ["filter"], status.ProvisionedFilters.Select(f => Row(f)));
        Table(
            page,
            "Last errors",
            ["last", "first", "kind", "signal", "reason", "#times", "message"],
            status.LastErrors.Select(
                e => Row(e.Last.ToString("u", CultureInfo.InvariantCulture), e.First.ToString("u", CultureInfo.InvariantCulture), e.Kind,
                    e.Signal, e.Reason, e.Count, e.Message)));
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Signals(StringBuilder page, IReadOnlyList<SignalStatus> signals)
    {
        Table(
            page,
            "Ledger",
            ["signal", "#accepted", "#delivered", "#lost", "#in flight", "#spooled"],
            signals.Select(s => Row(s.Signal, s.Accepted, s.Delivered, s.Lost.Values.Sum(), s.InFlight, s.Spooled)));
        Table(
            page,
            "Queues and spool",
            ["signal", "#batches waiting", "#bytes waiting", "#requests", "#request limit", "#oldest, seconds", "#batches on disk",
                "#bytes on disk"],
            signals.Select(s => Row(
                s.Signal, s.WaitingBatches, s.WaitingBytes, s.Requests, s.RequestLimit, Math.Round(s.OldestAge.TotalSeconds, 1),
                s.SpoolBatches, s.SpoolBytes)));
    }

    private static object[] Row(params object[] cells) => cells;

    // A heading that begins with # belongs to a column of numbers.
    private static void Table(StringBuilder page, string title, string[] headings, IEnumerable<object[]> rows)
    {
        object[][] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        _ = page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2>\n<table>\n");
        Cells(page, "th", headings, [.. headings.Select(h => h.TrimStart('#'))]);
        foreach (object[] row in all)
        {
            Cells(page, "td", headings, row);
        }

        _ = page.Append("</table>\n");
    }

    private static void Cells(StringBuilder page, string tag, string[] headings, object[] cells)
    {
        IEnumerable<string> encoded =
            cells.Zip(headings, (cell, heading) => $"<{tag}{(heading[0] == '#' ? " class=\"n\"" : "")}>{Text(cell)}</{tag}>");
        _ = page.Append("<tr>").AppendJoin("", encoded).Append("</tr>\n");
    }

    private static string Text(object value) => HtmlEncoder.Default.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
