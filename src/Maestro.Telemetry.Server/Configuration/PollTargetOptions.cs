using System.Globalization;
using Maestro.Telemetry.Gaia;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>A Security Group whose members are asked.</summary>
public sealed class PollTargetOptions
{
    /// <summary>The number of the group.</summary>
    /// <value>From 1 to 1000; each group once.</value>
    public int Group { get; set; }

    /// <summary>Where the group's own Gaia API is: its management address. Plain http is for loopback only.</summary>
    /// <value>For example https://10.0.1.1.</value>
    public string Address { get; set; } = "";

    /// <summary>The Gaia user; a user that may only read is enough.</summary>
    /// <value>The default is that of Maestro:Polling.</value>
    public string? User { get; set; }

    /// <summary>A file with the password, read at each login. This or the next, or neither for those of Maestro:Polling.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The name of an environment variable with the password.</summary>
    public string? PasswordEnvironmentVariable { get; set; }

    /// <summary>SHA-256 of its certificate, when that very certificate is to be trusted and no other.</summary>
    /// <value>The default is that of Maestro:Polling.</value>
    public string? CertificateFingerprint { get; set; }

    /// <summary>True when it has a password of its own.</summary>
    internal bool HasPassword =>
        !string.IsNullOrEmpty(PasswordFile) || !string.IsNullOrEmpty(PasswordEnvironmentVariable);

    /// <summary>How the group is reached.</summary>
    internal GaiaOptions ToGaia(PollingOptions shared) => new()
    {
        Orchestrators =
        [
            new()
            {
                Id = Group.ToString(CultureInfo.InvariantCulture),
                Address = Address,
                CertificateFingerprint = CertificateFingerprint,
            },
        ],
        User = User ?? shared.User,
        PasswordFile = HasPassword ? PasswordFile : shared.PasswordFile,
        PasswordEnvironmentVariable = HasPassword ? PasswordEnvironmentVariable : shared.PasswordEnvironmentVariable,
        CaFile = shared.CaFile,
        CertificateFingerprint = shared.CertificateFingerprint,
        RequestTimeout = shared.Timeout,
        MaxResponseBytes = PollingOptions.MaxResponseBytes,
    };
}
