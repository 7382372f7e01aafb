namespace Maestro.Telemetry.Server.Listening;

/// <summary>A file of Maestro:Server:Tls cannot be used; the message says why and what to do.</summary>
public sealed class CertificateFileException(string setting, string file, string message, Exception? cause = null)
    : IOException(message, cause)
{
    /// <summary>The setting that names the file, for example KeyFile.</summary>
    public string Setting => setting;

    public string File => file;
}
