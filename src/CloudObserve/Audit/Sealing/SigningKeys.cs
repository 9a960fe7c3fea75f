using System.Security.Cryptography;
using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Sealing;

/// <summary>Finds the key that signs digests, or makes one.</summary>
internal static class SigningKeys
{
    private const int KeyBits = 2048;

    /// <summary>Reads a key that the host named.</summary>
    /// <exception cref="AuditTrailException">There is none, or it is not one that can sign digests.</exception>
    internal static RsaAuditSigner Read(string path)
    {
        RSA key = RSA.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            _ = key.SignHash(new byte[SHA256.HashSizeInBytes], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return new RsaAuditSigner(key);
        }
        catch (Exception fault) when (StorageFault.Is(fault) || fault is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new AuditTrailException($"'{path}' is no RSA private key in PEM that can sign the audit trail's digests: {fault.Message}", fault);
        }
    }

    /// <summary>Reads the key in the trail's directory; makes it at the first start.</summary>
    internal static RsaAuditSigner ReadOrMake(TrailLayout layout)
    {
        if (File.Exists(layout.SigningKeyFile))
        {
            return Read(layout.SigningKeyFile);
        }

        using RSA key = RSA.Create(KeyBits);
        string temporary = layout.SigningKeyFile + TrailLayout.TemporarySuffix;
        File.Delete(temporary);

        // The rights are given when the file is made: nobody can have opened it before it had them.
        FileStreamOptions owned = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            owned.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream file = new(temporary, owned))
        {
            file.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, layout.SigningKeyFile);
        DirectoryFlush.Run(layout.Directory);
        return Read(layout.SigningKeyFile);
    }
}
