using System.Buffers.Text;
using System.Text;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Writes and reads page tokens. A token contains the whole state, so nothing is kept between pages.</summary>
internal static class PageToken
{
    internal static string Write(string content) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));

    /// <summary>Splits a token into its parts. An invalid token gives another number of parts.</summary>
    internal static string[] TryRead(ReadOnlySpan<char> token, int parts) =>
        Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(':', parts) : [];
}
