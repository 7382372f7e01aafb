using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Forecasting;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>What the control API and the console ask, apart from the status.</summary>
internal sealed class ControlQueries(
    ILedger ledger,
    ITelemetryStore store,
    PlanBoard board,
    DemandBoard demand,
    PlanningCycle cycle,
    TimeProvider time)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 1_000;
    private static readonly TimeSpan HistoryShown = TimeSpan.FromHours(6);
    private static readonly TimeSpan CommandsShown = TimeSpan.FromDays(30);

    /// <summary>The newest forecast with the demand before it; null when there is none.</summary>
    public async Task<Wire.Forecast?> GetForecastAsync(
        int group, Resource resource, CancellationToken cancellationToken)
    {
        var id = new SecurityGroupId(group);
        var now = time.GetUtcNow();
        var forecast = board.ForecastOf(id, resource)
            ?? await store.GetForecastAsync(id, resource, now, cancellationToken);
        return forecast is null
            ? null
            : WireMapping.ToWire(forecast, demand.Recent(id, resource, now - HistoryShown));
    }

    public async Task<Wire.ListDecisionsResponse> ListDecisionsAsync(
        int group, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var response = new Wire.ListDecisionsResponse();
        SecurityGroupId? filter = group == 0 ? null : new SecurityGroupId(group);
        var decisions = await ledger.ListDecisionsAsync(filter, before, Limit(limit), cancellationToken);
        response.Decisions.AddRange(decisions.Select(WireMapping.ToWire));
        return response;
    }

    /// <summary>What the planner would do now. Nothing is recorded and nothing is sent.</summary>
    public async Task<Wire.PlanResponse> PlanAsync(CancellationToken cancellationToken)
    {
        var (_, plan) = await cycle.PlanAsync(cancellationToken);
        var response = new Wire.PlanResponse();
        response.Decisions.AddRange(plan.Decisions.Select(WireMapping.ToWire));
        return response;
    }

    public async Task<Wire.ListCommandsResponse> ListCommandsAsync(int limit, CancellationToken cancellationToken)
    {
        var response = new Wire.ListCommandsResponse();
        var commands = await ledger.ListCommandsAsync(
            time.GetUtcNow() - CommandsShown, Limit(limit), cancellationToken);
        response.Commands.AddRange(commands.Select(WireMapping.ToWire));
        return response;
    }

    private static int Limit(int wanted) => wanted <= 0 ? DefaultLimit : Math.Min(wanted, MaxLimit);
}
