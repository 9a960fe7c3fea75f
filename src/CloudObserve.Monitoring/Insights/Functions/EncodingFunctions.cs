using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Contains the functions that encode and hash texts.</summary>
internal static class EncodingFunctions
{
    internal static IEnumerable<ScalarFunction> All =>
    [
        ScalarFunction.OfText("urlencode", static text => LogValue.From(Uri.EscapeDataString(text))),
        ScalarFunction.OfText("urldecode", static text => LogValue.From(Uri.UnescapeDataString(text.Replace('+', ' ')))),
        ScalarFunction.OfText("base64encode", static text => LogValue.From(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))),
        ScalarFunction.OfText("base64decode", FromBase64),
        ScalarFunction.OfText("md5", Md5),
        ScalarFunction.OfText("sha256", static text =>
            LogValue.From(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))))),
    ];

    private static LogValue FromBase64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length)
            ? LogValue.FromText(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes, 0, length)))
            : LogValue.Missing;
    }

    [SuppressMessage("Security", "CA5351", Justification = "A function of the query language, which protects nothing.")]
    private static LogValue Md5(string text) => LogValue.From(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text))));
}
