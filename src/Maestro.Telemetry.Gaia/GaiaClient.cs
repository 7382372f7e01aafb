using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia.Contracts;

namespace Maestro.Telemetry.Gaia;

/// <summary>The commands of one Orchestrator that are used here. There is none to discard.</summary>
internal sealed class GaiaClient(
    OrchestratorOptions orchestrator, GaiaSession session, GaiaTaskFollower tasks) : IAsyncDisposable
{
    public string Id { get; } = orchestrator.Id;

    public SiteId Site { get; } = new(orchestrator.Site);

    public async Task<GatewayContract[]> ShowGatewaysAsync(bool pending, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(
            GaiaCommand.ShowGateways,
            new() { IncludePendingChanges = pending },
            GaiaJsonContext.Default.TopologyRequest,
            cancellationToken);
        return reply.Read(GaiaJsonContext.Default.GatewaysReply).Gateways
            ?? throw Missing(GaiaCommand.ShowGateways, "gateways");
    }

    public async Task<SecurityGroupContract[]> ShowSecurityGroupsAsync(bool pending, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(
            GaiaCommand.ShowSecurityGroups,
            new() { IncludePendingChanges = pending },
            GaiaJsonContext.Default.TopologyRequest,
            cancellationToken);
        return reply.Read(GaiaJsonContext.Default.SecurityGroupsReply).SecurityGroups
            ?? throw Missing(GaiaCommand.ShowSecurityGroups, "security-groups");
    }

    public async Task<PortContract[]> ShowPortsAsync(CancellationToken cancellationToken)
    {
        var reply = await CallAsync(
            GaiaCommand.ShowPorts, new(), GaiaJsonContext.Default.EmptyRequest, cancellationToken);
        return reply.Read(GaiaJsonContext.Default.PortsReply).Ports ?? throw Missing(GaiaCommand.ShowPorts, "ports");
    }

    /// <summary>Stages an assignment; nothing is deployed before <see cref="ApplyAsync"/>.</summary>
    public async Task SetGatewayAsync(
        GatewaySerial serial, SecurityGroupId? group, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(
            GaiaCommand.SetGateway,
            new() { Id = serial.Value, SecurityGroup = group?.Value ?? 0 },
            GaiaJsonContext.Default.SetGatewayRequest,
            cancellationToken);
        await tasks.FollowAsync(GaiaCommand.SetGateway, reply, cancellationToken);
    }

    /// <summary>Deploys everything that is staged, whoever staged it; returns when the Orchestrator says it is done.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var reply = await CallAsync(
            GaiaCommand.Apply, new(), GaiaJsonContext.Default.EmptyRequest, cancellationToken);
        await tasks.FollowAsync(GaiaCommand.Apply, reply, cancellationToken);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private Task<GaiaReply> CallAsync<T>(
        GaiaCommand command, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        session.CallAsync(command, JsonSerializer.SerializeToUtf8Bytes(body, type), cancellationToken);

    private GaiaProtocolException Missing(GaiaCommand command, string key) =>
        new($"Orchestrator {Id} answered {command} without \"{key}\".");
}
