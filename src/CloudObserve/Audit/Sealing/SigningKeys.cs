using System.Security.Cryptography;
using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Audit.Sealing;

/// <summary>Finds or creates the key that signs digests.</summary>
internal static class SigningKeys
{
    private const int KeyBits = 2048;

    // In bytes. A key of 16,384 bits has about 13 KB.
    private const int MaxKeyBytes = 64 * 1024;

    /// <summary>Reads a key from a file that the host specified.</summary>
    /// <exception cref="AuditTrailException">The file does not exist or does not contain a key that can sign digests.</exception>
    internal static RsaAuditSigner Read(string path)
    {
        // The path may be a link, as for mounted secrets.
        RSA key = RSA.Create();
        try
        {
            key.ImportFromPem(Encoding.UTF8.GetString(PrivateFiles.ReadAllBytes(TrailDirectory.TargetOf(path), MaxKeyBytes)));
            _ = key.SignHash(new byte[SHA256.HashSizeInBytes], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return new RsaAuditSigner(key);
        }
        catch (Exception exception)
            when (StorageFault.Is(exception) || exception is ArgumentException or InvalidDataException or CryptographicException)
        {
            key.Dispose();
            throw new AuditTrailException(
                $"'{path}' is not a PEM file with an RSA private key that can sign the audit trail's digests: {exception.Message}",
                exception);
        }
    }

    /// <summary>Reads the key in the trail's directory, or creates it at the first start.</summary>
    internal static RsaAuditSigner ReadOrMake(TrailLayout layout)
    {
        if (File.Exists(layout.SigningKeyFile))
        {
            return Read(layout.SigningKeyFile);
        }

        using RSA key = RSA.Create(KeyBits);
        string temporary = layout.SigningKeyFile + TrailLayout.TemporarySuffix;
        File.Delete(temporary);

        using (SafeFileHandle file = PrivateFiles.CreateNew(temporary))
        {
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"), 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, layout.SigningKeyFile);
        DirectoryFlush.Run(layout.Directory);
        return Read(layout.SigningKeyFile);
    }
}
