using System.Security.Cryptography;
using System.Text;

namespace CloudObserve.Testing.Wire;

/// <summary>Verifies the AWS Signature Version 4 of a request over the received bytes, as the service does.</summary>
internal sealed class RequestSignatureCheck(string accessKeyId, string secretAccessKey)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Returns if the signature is valid; throws otherwise.</summary>
    /// <exception cref="ServiceFault">The signature is missing or wrong, or the credentials are unknown.</exception>
    internal void Verify(HttpRequestData request, string service)
    {
        Dictionary<string, string> parts = Parts(request.Header("Authorization"));
        string[] scope = parts["Credential"].Split('/');
        if (scope.Length != 5 || scope[0] != accessKeyId)
        {
            throw new ServiceFault(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
        }

        if (scope[3] != service || Signature(request, scope, parts["SignedHeaders"]) != parts["Signature"])
        {
            throw new ServiceFault(
                403, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided.");
        }
    }

    private static Dictionary<string, string> Parts(string authorization)
    {
        Dictionary<string, string> parts = [];
        if (authorization.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            foreach (string part in authorization[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
            {
                int equals = part.IndexOf('=', StringComparison.Ordinal);
                parts[part[..Math.Max(equals, 0)]] = part[(equals + 1)..];
            }
        }

        return parts.ContainsKey("Credential") && parts.ContainsKey("SignedHeaders") && parts.ContainsKey("Signature")
            ? parts
            : throw new ServiceFault(403, "MissingAuthenticationTokenException", "Request is missing Authentication Token");
    }

    private string Signature(HttpRequestData request, string[] scope, string signedHeaders)
    {
        StringBuilder canonical = new();
        canonical.Append(request.Method).Append('\n').Append(request.Target).Append("\n\n");
        foreach (string name in signedHeaders.Split(';'))
        {
            canonical.Append(name).Append(':').Append(request.Header(name)).Append('\n');
        }

        canonical.Append('\n').Append(signedHeaders).Append('\n').Append(Hex(SHA256.HashData(request.Body)));
        string toSign = $"{Algorithm}\n{request.Header("X-Amz-Date")}\n{string.Join('/', scope[1..])}\n{Hex(SHA256.HashData(Utf8(canonical.ToString())))}";
        byte[] key = Utf8("AWS4" + secretAccessKey);
        foreach (string step in scope[1..])
        {
            key = HMACSHA256.HashData(key, Utf8(step));
        }

        return Hex(HMACSHA256.HashData(key, Utf8(toSign)));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
