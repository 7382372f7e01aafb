namespace Maestro.Telemetry.Gaia;

/// <summary>One Orchestrator.</summary>
public sealed class OrchestratorOptions
{
    /// <summary>Its id, site_number, as the Orchestrator and the console show it.</summary>
    /// <value>For example 1_1. Unique.</value>
    public string Id { get; set; } = "";

    /// <summary>The site it stands on.</summary>
    /// <value>The default is 1; at least 1.</value>
    public int Site { get; set; } = 1;

    /// <summary>Where its Gaia API is; plain http is for loopback only.</summary>
    /// <value>For example https://10.0.0.1 or https://mho1.example.net:4434.</value>
    public string Address { get; set; } = "";

    /// <summary>SHA-256 of its certificate, when that very certificate is to be trusted and no other.</summary>
    /// <value>64 hexadecimal digits, colons allowed. The default is the one of <see cref="GaiaOptions"/>.</value>
    public string? CertificateFingerprint { get; set; }

    public override string ToString() => $"{Id} at {Address}";
}
