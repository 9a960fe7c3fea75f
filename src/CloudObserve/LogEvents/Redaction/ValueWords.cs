using System.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Contains words that follow the name of a secret but are not secrets: states, types, and names of algorithms.</summary>
internal static class ValueWords
{
    private const string States =
        "null nil none nothing empty blank missing absent present available unavailable undefined unset set unknown default "
        + "true false yes no on off ok okay success succeeded successful pass passed fail failed failure error done "
        + "valid invalid verified unverified accepted rejected denied granted allowed forbidden correct incorrect wrong right bad good "
        + "required optional mandatory expected unexpected found ignored skipped disabled enabled active inactive "
        + "expired expires revoked rotated refreshed renewed issued created changed updated reset removed deleted cleared "
        + "hidden masked redacted removed secret confidential encrypted hashed protected omitted stripped filtered";

    private const string Types =
        "string str text varchar nvarchar char byte bytes int integer long number numeric bool boolean object any void array list binary "
        + "date "
        + "value values input user name username login email mail";

    private const string Algorithms =
        "md5 sha1 sha256 sha384 sha512 sha-1 sha-256 sha-512 base64 utf8 utf-8 oauth2 oauth oidc saml2 jwt pbkdf2 argon2 argon2id bcrypt "
        + "scrypt "
        + "hs256 hs512 rs256 rs512 es256 aes128 aes256 rsa2048 rsa4096 x509 pkcs8 pkcs12 hmac-sha256 basic bearer digest negotiate ntlm";

    private static readonly byte[][] All = [.. string.Join(' ', States, Types, Algorithms).Split(' ').Select(Encoding.ASCII.GetBytes)];

    /// <summary>Returns whether a value is such a word, ignoring case and punctuation after it.</summary>
    internal static bool Contains(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> word = value.TrimEnd(".,;:!?"u8);
        foreach (byte[] known in All)
        {
            if (word.Length == known.Length && Ascii.EqualsIgnoreCase(word, known))
            {
                return true;
            }
        }

        return false;
    }
}
