using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Upgrades;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>When SGMs and Orchestrators can be upgraded. Nothing is recorded and nothing is sent.</summary>
internal sealed class UpgradeQuery(
    FabricReader reader,
    FabricState fabric,
    LongForecasts forecasts,
    PolicyCatalogue policies,
    ILedger ledger,
    PlanBoard board,
    IOptions<FabricOptions> options,
    TimeProvider time)
{
    // A plan that does not fit is tried with more time, up to this.
    private static readonly TimeSpan LeastReach = TimeSpan.FromHours(48);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public string KnownGroups => Listed(fabric.Current.Groups.Select(g => g.Id.ToString()));

    public string KnownOrchestrators => Listed(fabric.Current.Orchestrators.Select(o => o.Id));

    /// <summary>Null when there is no such group.</summary>
    public async Task<Wire.UpgradePlan?> OfGroupAsync(
        SecurityGroupId group, UpgradeWish wish, CancellationToken cancellationToken)
    {
        var current = await reader.ReadFreshAsync(cancellationToken);
        if (current.Find(group) is null)
        {
            return null;
        }

        var input = await GatherAsync(current, [group], wish, cancellationToken);
        return UpgradeMapping.ToWire(
            UpgradePlanner.Plan(input, group, wish.Batch, wish.Target), input.Now, input.BatchTime);
    }

    /// <summary>Null when there is no such Orchestrator.</summary>
    public async Task<Wire.UpgradePlan?> OfOrchestratorAsync(
        string id, UpgradeWish wish, CancellationToken cancellationToken)
    {
        var current = await reader.ReadFreshAsync(cancellationToken);
        if (current.Orchestrators.FirstOrDefault(o => o.Id == id) is not { } orchestrator)
        {
            return null;
        }

        var groups = current.Groups
            .Select(g => g.Id)
            .Where(g => current.MembersOf(g).Any(m => m.Site == orchestrator.Site));
        var input = await GatherAsync(current, groups, wish, cancellationToken);
        return UpgradeMapping.ToWire(OrchestratorUpgradePlanner.Plan(input, id), input.Now, input.BatchTime);
    }

    private async Task<UpgradeInput> GatherAsync(
        FabricSnapshot current, IEnumerable<SecurityGroupId> groups, UpgradeWish wish, CancellationToken cancellationToken)
    {
        // Whole days, so that models are fitted for few horizons.
        var reach = wish.Within > LeastReach ? wish.Within : LeastReach;
        var horizon = Day * Math.Ceiling(reach / Day);
        var capacity = options.Value.UnitCapacity();
        var outlooks = await forecasts.OfAsync(
            groups, [.. capacity.Keys.Append(Resource.CpuWork).Distinct()], horizon, cancellationToken);
        return new()
        {
            Now = time.GetUtcNow(),
            Fabric = current,
            Limits = options.Value.Limits,
            Allowances = options.Value.Allowances,
            Policies = policies.All,
            Outlooks = outlooks,
            UnitCapacity = capacity,
            LeadTimes = board.Input?.LeadTimes ?? LearnedTimes.Empty,
            Commands = [.. await ledger.ListOpenCommandsAsync(cancellationToken)],
            BatchTime = wish.BatchTime,
            Within = wish.Within,
            Failures = wish.Failures,
            SurviveSiteLoss = wish.SurviveSiteLoss,
        };
    }

    private static string Listed(IEnumerable<string> names) =>
        names.ToList() is { Count: > 0 } known ? string.Join(", ", known) : "none that is known";
}
