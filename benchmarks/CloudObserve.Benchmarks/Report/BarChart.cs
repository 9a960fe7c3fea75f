using System.Globalization;
using System.Net;
using System.Text;

namespace CloudObserve.Benchmarks.Report;

/// <summary>Draws horizontal bars as an SVG that is readable on light and dark pages.</summary>
internal static class BarChart
{
    private const int LabelWidth = 400;
    private const int BarsWidth = 380;
    private const int ValueWidth = 90;
    private const int RowHeight = 20;
    private const int Top = 40;

    /// <summary>Draws a chart.</summary>
    /// <param name="title">The title.</param>
    /// <param name="bars">The bars. A negative limit draws no limit line; a bar beyond its limit has a different colour.</param>
    /// <param name="longest">The value of a bar with the full width. Longer bars are truncated; their number shows the value.</param>
    /// <param name="decades">The number of powers of ten in the full width for a logarithmic scale; 0 for a linear scale.</param>
    /// <param name="isOther">Selects, by label, the bars of other libraries. They are grey.</param>
    internal static string Draw(
        string title, IReadOnlyList<(string Label, double Value, double Limit)> bars, double longest, double decades =
            0, Predicate<string>? isOther = null)
    {
        int height = Top + (bars.Count * RowHeight) + 10;
        StringBuilder svg = new();
        _ = svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{LabelWidth + BarsWidth + ValueWidth}\" height=\"{height}\" "
                    + $"font-family=\"sans-serif\" font-size=\"12\">")
            .AppendLine("<style>text{fill:#24292f}@media(prefers-color-scheme:dark){text{fill:#c9d1d9}}</style>")
            .AppendLine(CultureInfo.InvariantCulture,
                $"<text x=\"8\" y=\"22\" font-size=\"14\" font-weight=\"bold\">{WebUtility.HtmlEncode(title)}</text>");
        for (int i = 0; i < bars.Count; i++)
        {
            string colour = isOther?.Invoke(bars[i].Label) == true ? "#8c959f" : bars[i].Limit < 0 || bars[i].Value <= bars[i].Limit
                ? "#2da44e" : "#bf8700";
            AppendBar(svg, bars[i], colour, Top + (i * RowHeight), value => decades == 0
                ? value / longest : 1 + (Math.Log10(value / longest) / decades));
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private static void AppendBar(
        StringBuilder svg, (string Label, double Value, double Limit) bar, string colour, int y, Func<double, double> share)
    {
        double width = Math.Clamp(share(bar.Value), 0, 1) * BarsWidth;
        _ = svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"<text x=\"{LabelWidth - 8}\" y=\"{y + 13}\" text-anchor=\"end\">{WebUtility.HtmlEncode(bar.Label)}</text>")
            .AppendLine(CultureInfo.InvariantCulture,
                $"<rect x=\"{LabelWidth}\" y=\"{y + 2}\" width=\"{width:F1}\" height=\"14\" fill=\"{colour}\"/>")
            .AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth + width + 6:F1}\" y=\"{y + 13}\">{Number(bar.Value)}</text>");
        if (bar.Limit >= 0 && share(bar.Limit) <= 1)
        {
            double limit = LabelWidth + (share(bar.Limit) * BarsWidth);
            _ = svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{limit:F1}\" y1=\"{y}\" x2=\"{limit:F1}\" y2=\"{y + 18}\" stroke=\"#cf222e\" stroke-width=\"2\"/>");
        }
    }

    private static string Number(double value) => value.ToString(value < 10 ? "0.00" : "#,0", CultureInfo.InvariantCulture);
}
