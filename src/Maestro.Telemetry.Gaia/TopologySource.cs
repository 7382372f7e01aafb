using Maestro.Telemetry.Gaia.Contracts;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Gaia;

/// <summary>Reads the deployed and the pending topology through one Orchestrator.</summary>
internal sealed partial class TopologySource(OrchestratorPool pool, ILogger<TopologySource> logger)
{
    private const int MaxAttempts = 2;

    /// <exception cref="GaiaException">No Orchestrator gave a usable answer, or what they say contradicts itself.</exception>
    public async Task<TopologyView> ReadAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var lists = await pool.ReadAsync(ReadListsAsync, cancellationToken);
            if (TopologyBuilder.TryBuild(lists.Groups, lists.Gateways, out var deployed, out var problem)
                && TopologyBuilder.TryBuild(lists.PendingGroups, lists.PendingGateways, out var pending, out problem))
            {
                return new(deployed, TopologyDifference.Between(deployed, pending));
            }

            if (attempt == MaxAttempts)
            {
                throw new GaiaProtocolException($"The topology contradicts itself: {GaiaText.Clean(problem)}");
            }

            // An administrator's apply between two of the lists looks just like this; the next reading tells.
            LogContradiction(GaiaText.Clean(problem));
        }
    }

    private static async Task<Lists> ReadListsAsync(GaiaClient client, CancellationToken cancellationToken) =>
        new(
            await client.ShowSecurityGroupsAsync(pending: false, cancellationToken),
            await client.ShowGatewaysAsync(pending: false, cancellationToken),
            await client.ShowSecurityGroupsAsync(pending: true, cancellationToken),
            await client.ShowGatewaysAsync(pending: true, cancellationToken));

    private sealed record Lists(
        SecurityGroupContract[] Groups,
        GatewayContract[] Gateways,
        SecurityGroupContract[] PendingGroups,
        GatewayContract[] PendingGateways);

    [LoggerMessage(3021, LogLevel.Information, "The topology contradicts itself and is read again: {Problem}")]
    private partial void LogContradiction(string problem);
}
