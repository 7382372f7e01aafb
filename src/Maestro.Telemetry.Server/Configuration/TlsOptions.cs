using Maestro.Telemetry.Server.Listening;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>The certificate of the https addresses, and whom it asks for one. Files that change are read again.</summary>
public sealed class TlsOptions
{
    private const string Key = nameof(ServerOptions.Tls);

    /// <summary>PEM with the certificate and those between it and its authority, or PFX with the key in it.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM with the private key.</summary>
    /// <value>The default is empty: it is in <see cref="CertificateFile"/>.</value>
    public string KeyFile { get; set; } = "";

    /// <summary>A file with the password of the key or of the PFX.</summary>
    /// <value>The default is empty: it has none.</value>
    public string PasswordFile { get; set; } = "";

    /// <summary>PEM with the authorities whose client certificates are trusted.</summary>
    /// <value>The default is empty: clients are asked for none.</value>
    public string ClientCaFile { get; set; } = "";

    /// <summary>Whether a client without a certificate is refused before it can say anything, also at the console.</summary>
    /// <value>The default is false.</value>
    public bool RequireClientCertificate { get; set; }

    internal bool IsSet => CertificateFile.Length > 0;

    internal void Check(SettingErrors errors)
    {
        if (!IsSet)
        {
            foreach (var (name, value) in new[]
            {
                (nameof(KeyFile), KeyFile), (nameof(PasswordFile), PasswordFile), (nameof(ClientCaFile), ClientCaFile),
            })
            {
                if (value.Length > 0)
                {
                    errors.Add($"{Key}:{name}", value, $"it needs {Key}:{nameof(CertificateFile)} beside it.");
                }
            }

            return;
        }

        if (RequireClientCertificate && ClientCaFile.Length == 0)
        {
            errors.Add(
                $"{Key}:{nameof(RequireClientCertificate)}", true, $"name the authorities in {Key}:{nameof(ClientCaFile)}.");
        }

        try
        {
            TlsMaterial.Load(this);
        }
        catch (CertificateFileException e)
        {
            errors.Add($"{Key}:{e.Setting}", e.File, e.Message);
        }
    }
}
