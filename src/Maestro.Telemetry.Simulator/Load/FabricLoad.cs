using System.Collections.Frozen;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Load;

/// <summary>The demand of every Security Group, and how it falls on the members that are ACTIVE.</summary>
public sealed class FabricLoad
{
    private readonly FrozenDictionary<int, DemandModel> _demands;
    private readonly FrozenDictionary<string, MemberTraits> _traits;

    /// <param name="traces">For groups whose work is measured instead of made up, the work by group.</param>
    public FabricLoad(Scenario scenario, IReadOnlyDictionary<int, WorkTrace>? traces = null)
    {
        _demands = scenario.Groups.ToFrozenDictionary(
            g => g.Id,
            g => new DemandModel(
                g, scenario.Seed, scenario.Start, scenario.FlashCrowds, traces?.GetValueOrDefault(g.Id)));
        var models = scenario.Models.ToDictionary(m => m.Name, StringComparer.Ordinal);
        _traits = scenario.Gateways.ToFrozenDictionary(
            g => g.Serial,
            g => new MemberTraits(g.Serial, models[g.Model], scenario.Seed, scenario.HashImbalance),
            StringComparer.Ordinal);
    }

    /// <summary>The demand of a group at a time, whoever serves it.</summary>
    public GroupDemand Demand(int group, DateTimeOffset time) => _demands[group].At(Seconds(time));

    /// <summary>Calls a flash crowd.</summary>
    /// <exception cref="ArgumentException">The group is unknown, or duration or factor is not above 0.</exception>
    public void Add(FlashCrowd crowd)
    {
        var isSurge = crowd.Duration > TimeSpan.Zero && crowd.Factor > 0;
        if (!_demands.TryGetValue(crowd.Group, out var demand) || !isSurge)
        {
            throw new ArgumentException(
                $"A flash crowd needs a known group, a duration and a factor above 0, not {crowd}.", nameof(crowd));
        }

        demand.Add(crowd);
    }

    /// <summary>
    /// What the SGMs of a fabric, deployed as in the view, would have read: blocks in order of time, the SGMs of each
    /// block one after another. Made while it is enumerated.
    /// </summary>
    /// <param name="to">The end, not included.</param>
    /// <param name="cores">Whether each row has the columns of the cores.</param>
    public IEnumerable<HistoryBlock> GenerateHistory(
        FabricView view, DateTimeOffset from, DateTimeOffset to, TimeSpan step, bool cores = true) =>
        History.Generate(this, view, from, to, step, cores);

    /// <summary>Fills one row of <see cref="MemberColumns"/> for a member at a time.</summary>
    internal void Fill(FabricView view, SimulatedGateway gateway, DateTimeOffset time, Span<double> row)
    {
        var traits = _traits[gateway.Serial];
        var seconds = Seconds(time);
        if (gateway.State != SgmState.Active)
        {
            MemberRow.FillIdle(traits, gateway.State, seconds, row);
            return;
        }

        var total = 0.0;
        foreach (var member in view.ActiveOf(gateway.Group))
        {
            total += _traits[member.Serial].HashWeight(seconds);
        }

        var share = traits.HashWeight(seconds) / total;
        MemberRow.Fill(traits, _demands[gateway.Group].At(seconds), share, seconds, row);
    }

    internal MemberTraits TraitsOf(string serial) => _traits[serial];

    internal DemandModel DemandOf(int group) => _demands[group];

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
