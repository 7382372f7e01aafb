using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Access;

/// <summary>Somebody who shows a client certificate.</summary>
public sealed class CertificateCaller : AccessGrant
{
    /// <summary>
    /// A DNS name or URI of the certificate's subject alternative names or, when it has none of these, its common name.
    /// </summary>
    public string Subject { get; set; } = "";

    /// <summary>What the audit calls it.</summary>
    /// <value>The default is <see cref="Subject"/>.</value>
    public string Name { get; set; } = "";

    internal string CallerName => Name.Length > 0 ? Name : Subject;

    public void Check(string key, SettingErrors errors)
    {
        errors.Required($"{key}:{nameof(Subject)}", Subject, "agent-2108BA1058.example.net");
        CheckGrant(key, errors);
    }
}
