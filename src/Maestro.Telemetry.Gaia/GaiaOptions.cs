namespace Maestro.Telemetry.Gaia;

/// <summary>The Orchestrators of one Maestro environment and how to talk to them.</summary>
public class GaiaOptions
{
    public const string SectionName = "Maestro:Gaia";

    /// <summary>In order of preference: the first that answers is used.</summary>
    public IList<OrchestratorOptions> Orchestrators { get; set; } = [];

    /// <summary>The Gaia user; it needs write access to change anything.</summary>
    /// <value>The default is admin.</value>
    public string User { get; set; } = "admin";

    /// <summary>A file with the password, read at each login. Give this or the next, not both.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The name of an environment variable with the password, read at each login.</summary>
    public string? PasswordEnvironmentVariable { get; set; }

    /// <summary>The version in the path; the Maestro commands need v1.8 or later.</summary>
    /// <value>For example v1.8. The default is none: the newest the Orchestrator has.</value>
    public string? ApiVersion { get; set; }

    /// <summary>A PEM file with the authorities that sign the Orchestrators' certificates, trusted instead of the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>SHA-256 of the certificate to trust, for the Orchestrators that have none of their own.</summary>
    public string? CertificateFingerprint { get; set; }

    /// <summary>How long one request may take.</summary>
    /// <value>The default is 30 seconds; from 1 second to 10 minutes.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may take to come up.</summary>
    /// <value>The default is 5 seconds; from 100 milliseconds to 1 minute.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest reply that is read.</summary>
    /// <value>The default is 8 MiB; from 64 KiB to 256 MiB.</value>
    public int MaxResponseBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>The pause between two looks at a task or at a deployed topology that is not there yet.</summary>
    /// <value>The default is 2 seconds; from 10 milliseconds to 1 minute.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a task of the Orchestrator may take.</summary>
    /// <value>The default is 10 minutes; from 1 second to 2 hours.</value>
    public TimeSpan TaskTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to look for an applied change in the deployed topology.</summary>
    /// <value>The default is 30 seconds; from 0 to 10 minutes.</value>
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a refused login is not tried again, so that the account is not locked.</summary>
    /// <value>The default is 1 minute; from 0 to 1 hour.</value>
    public TimeSpan LoginBackoff { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The models in the fabric. A model that is not here counts as one reference SGM.</summary>
    public IList<ApplianceModelOptions> ApplianceModels { get; set; } = [];

    /// <summary>Cores of the reference SGM, whose weight is 1.</summary>
    /// <value>The default is 16; from 1 to 1024.</value>
    public int ReferenceCores { get; set; } = 16;
}
