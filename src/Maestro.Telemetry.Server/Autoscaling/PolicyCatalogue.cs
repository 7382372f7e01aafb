using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>The scaling policies in force. Their version is a fingerprint of the configuration they come from.</summary>
internal sealed class PolicyCatalogue
{
    public PolicyCatalogue(IOptions<FabricOptions> options)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(options.Value);
        Version = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        All = options.Value.Policies(Version);
    }

    public string Version { get; }

    public ImmutableArray<ScalingPolicy> All { get; }

    public ScalingPolicy? Find(SecurityGroupId group) => All.FirstOrDefault(p => p.Group == group);
}
