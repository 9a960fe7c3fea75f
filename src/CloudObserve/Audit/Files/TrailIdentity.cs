using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Files;

/// <summary>Identifies the trail of a head and the directory in which the head was written.</summary>
/// <param name="Trail">A random number that the first start creates, and that never changes.</param>
/// <param name="Place">The first 64 bits of the SHA-256 hash of the directory's full path.</param>
internal readonly record struct TrailIdentity(UInt128 Trail, ulong Place)
{
    private const int TrailDigits = 32;
    private const int PlaceDigits = 16;

    /// <summary>Gets the trail as 32 lower-case hexadecimal digits.</summary>
    internal string TrailText => Trail.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Gets the place as 16 lower-case hexadecimal digits.</summary>
    internal string PlaceText => Place.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Creates the number of a new trail.</summary>
    internal static UInt128 NewTrail() => BinaryPrimitives.ReadUInt128BigEndian(RandomNumberGenerator.GetBytes(16));

    /// <summary>Returns the place of a directory.</summary>
    /// <param name="directory">The full path of the directory.</param>
    internal static ulong PlaceOf(string directory)
    {
        string path = Path.TrimEndingDirectorySeparator(directory);
        byte[] name = Encoding.UTF8.GetBytes(OperatingSystem.IsWindows() ? path.ToUpperInvariant() : path);
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(name));
    }

    /// <summary>Reads the number of the trail in a directory.</summary>
    /// <returns><see langword="null"/> if the number is unknown: the trail is new or of an earlier version, or its file is missing or
    /// damaged.</returns>
    internal static UInt128? ReadTrail(TrailLayout layout)
    {
        try
        {
            string text = Encoding.Latin1.GetString(PrivateFiles.ReadAllBytes(layout.IdentityFile, TrailDigits + 1)).TrimEnd('\n');
            return TryParse(text, new string('0', PlaceDigits), out TrailIdentity read) ? read.Trail : null;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Returns whether a head can belong to the trail in a directory that does not contain the head's line.</summary>
    /// <remarks>
    /// If it does, lines were removed. A head belongs to the trail if it has the trail's number, or if it was written in this directory.
    /// If neither is known, it belongs to the trail if the directory contains anything else of a trail.
    /// </remarks>
    /// <param name="written">The identity in the head; <see langword="null"/> in a head of an earlier version.</param>
    /// <param name="here">The number of the trail in the directory; <see langword="null"/> if it is unknown.</param>
    /// <param name="layout">The directory.</param>
    /// <param name="hasRecords">Whether the directory contains records, sealed files or digests.</param>
    internal static bool MayBeOf(TrailIdentity? written, UInt128? here, TrailLayout layout, bool hasRecords) => written is not { } identity
        ? hasRecords
        : identity.Trail == here || identity.Place == PlaceOf(layout.Directory) || (here is null && hasRecords);

    /// <summary>Parses the texts of both.</summary>
    internal static bool TryParse(string trail, string place, out TrailIdentity identity)
    {
        UInt128 number = default;
        ulong hash = default;
        bool isValid = IsHex(trail, TrailDigits) && IsHex(place, PlaceDigits)
            && UInt128.TryParse(trail, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            && ulong.TryParse(place, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out hash);
        identity = new TrailIdentity(number, hash);
        return isValid;
    }

    private static bool IsHex(string text, int digits) => text.Length == digits && text.All(char.IsAsciiHexDigitLower);
}
