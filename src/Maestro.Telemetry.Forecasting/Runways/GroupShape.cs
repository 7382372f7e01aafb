using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using static System.FormattableString;

namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>What a group could carry at its cap, and what it asks of a site. Units are reference SGMs.</summary>
internal sealed class GroupShape
{
    private readonly ScalingPolicy _policy;
    private readonly SecurityGroup _group;
    private readonly ImmutableArray<Gateway> _members;
    private readonly ImmutableArray<SiteId> _sites;
    private readonly double _weight;
    private readonly double _spare;

    public GroupShape(RunwayInput input, SecurityGroup group, ScalingPolicy policy)
    {
        (_group, _policy) = (group, policy);
        _members = [.. input.Fabric.MembersOf(group.Id)];
        _sites = [.. _members.Select(m => m.Site).Distinct().Order()];

        // What joins is taken to be like what is there.
        _weight = _members.IsEmpty ? 1 : _members.Average(m => m.Model.Weight);
        _spare = policy.SurviveFailures * _members.Select(m => m.Model.Weight).DefaultIfEmpty(1).Max();
        var sites = Math.Max(1, _sites.Length);
        Cap = Math.Min(Math.Min(policy.Maximum, input.Limits.MaxMembersPerGroup), sites * input.Limits.MaxMembersPerSite);
    }

    /// <summary>The most SGMs that the group may have, on the sites that it is on.</summary>
    public int Cap { get; }

    private bool IsVsls => _group.Mode == ClusteringMode.Vsls && _sites.Length > 1;

    private bool StandsBy => _group.HasStandbySite && _sites.Length > 1;

    /// <summary>The highest demand in units that the group can carry at its cap, with what it must survive.</summary>
    public (double Units, string Because) Most()
    {
        // Each site of an active-standby group must do for all of the work.
        var members = StandsBy ? Cap / _sites.Length : Cap;
        var units = members * _weight;
        var most = Math.Min(units * _policy.TargetUtilization, (units - _spare) * _policy.SurviveUtilization);
        var text = Invariant($"{members} SGMs of {_weight:0.##} units{(StandsBy ? " on each site" : string.Empty)}");
        if (IsVsls)
        {
            var left = (Cap - ((Cap + _sites.Length - 1) / _sites.Length)) * _weight;
            most = Math.Min(most, left * _policy.SurviveUtilization);
            text += ", the loss of a site survived";
        }

        return (Math.Max(0, most),
            text + Invariant($", used to {_policy.TargetUtilization * 100:0} %, or to {_policy.SurviveUtilization * 100:0} % ")
                + Invariant($"after the loss of {_policy.SurviveFailures}"));
    }

    /// <summary>The units that a demand in units asks for on a site; 0 where the group is not.</summary>
    public double NeededOn(SiteId site, double demand)
    {
        if (!_sites.Contains(site))
        {
            return 0;
        }

        var needed = Math.Max(
            Math.Max(demand / _policy.TargetUtilization, (demand / _policy.SurviveUtilization) + _spare),
            _policy.Minimum * _weight);
        if (StandsBy)
        {
            return needed;
        }

        var share = _members.Where(m => m.Site == site).Sum(m => m.Model.Weight) / _members.Sum(m => m.Model.Weight);
        return IsVsls
            ? Math.Max(needed * share, demand / _policy.SurviveUtilization / (_sites.Length - 1))
            : needed * share;
    }
}
