using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Listening;

/// <summary>What the files of Maestro:Server:Tls held when they were read.</summary>
internal sealed class TlsMaterial
{
    private const long MaxFileBytes = 1 << 20;

    private TlsMaterial(X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection clientCas)
    {
        (Certificate, Between, ClientCas) = (certificate, between, clientCas);

        // Offline: a server must not wait for somebody else's when it starts.
        Context = SslStreamCertificateContext.Create(certificate, between, offline: true);
    }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Those between the certificate and its authority, as the file has them.</summary>
    public X509Certificate2Collection Between { get; }

    /// <summary>Whose client certificates are trusted; empty when clients are asked for none.</summary>
    public X509Certificate2Collection ClientCas { get; }

    /// <summary>The certificate as it is sent, with <see cref="Between"/>.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <exception cref="CertificateFileException">A file cannot be read or used.</exception>
    public static TlsMaterial Load(TlsOptions options)
    {
        var password = options.PasswordFile.Length == 0
            ? null
            : Read(nameof(options.PasswordFile), options.PasswordFile, File.ReadAllText).TrimEnd('\r', '\n');
        var (certificate, between) = Read(
            nameof(options.CertificateFile), options.CertificateFile, file => LoadServer(file, options.KeyFile, password));
        if (!certificate.HasPrivateKey)
        {
            throw new CertificateFileException(
                nameof(options.KeyFile), options.KeyFile, "the certificate has no private key; name the file with it here.");
        }

        return new TlsMaterial(certificate, between, LoadAuthorities(options.ClientCaFile));
    }

    /// <summary>When the files were last written, to see whether they have changed.</summary>
    public static string StampOf(TlsOptions options) => string.Join('|', new[]
    {
        options.CertificateFile, options.KeyFile, options.PasswordFile, options.ClientCaFile,
    }.Where(f => f.Length > 0).Select(f => new FileInfo(f)).Select(f => f.Exists ? $"{f.LastWriteTimeUtc.Ticks}.{f.Length}" : "-"));

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        if (file.Length > 0)
        {
            Read(nameof(TlsOptions.ClientCaFile), file, path =>
            {
                authorities.ImportFromPemFile(path);
                return authorities.Count > 0 ? authorities : throw new CryptographicException("there is no certificate in it");
            });
        }

        return authorities;
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Between) LoadServer(
        string file, string keyFile, string? password)
    {
        var between = new X509Certificate2Collection();
        if (IsPem(file))
        {
            var key = keyFile.Length > 0 ? keyFile : file;
            var certificate = password is null
                ? X509Certificate2.CreateFromPemFile(file, key)
                : X509Certificate2.CreateFromEncryptedPemFile(file, password, key);
            between.ImportFromPemFile(file);
            between.RemoveAt(0);
            return (certificate, between);
        }

        between.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password));
        var own = between.FirstOrDefault(c => c.HasPrivateKey)
            ?? throw new CryptographicException("no certificate in it has a private key");
        between.Remove(own);
        return (own, between);
    }

    private static bool IsPem(string file) => File.ReadAllText(file).Contains("-----BEGIN ", StringComparison.Ordinal);

    private static T Read<T>(string setting, string file, Func<string, T> read)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: > MaxFileBytes }
                ? throw new CryptographicException($"it has more than {MaxFileBytes} bytes")
                : read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CertificateFileException(
                setting, file, $"it cannot be read ({e.Message}); name a file that the service's user may read.", e);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CertificateFileException(
                setting, file, $"it cannot be used ({e.Message}); give PEM with the certificate first and its own key, or PFX.", e);
        }
    }
}
