using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Learning;

/// <summary>Adds up one hour of all SGMs to what each group did, with how many members.</summary>
/// <param name="weightOf">What an SGM is worth, in reference SGMs.</param>
internal sealed class EfficiencyHour(Func<GatewaySerial, double> weightOf)
{
    // A member that is known for less came or went, and the hour says nothing of either number.
    private const int LeastMinutes = 50;

    private readonly Dictionary<(SecurityGroupId Group, GatewaySerial Serial), Sum> _sums = [];

    public void Add(in MinuteSample sample)
    {
        // How many members a total is of is not known.
        if (sample.Serial == GatewaySerial.WholeGroup)
        {
            return;
        }

        if (sample.Group is { } group && sample.Active != false
            && double.IsFinite(sample.CpuMeanPercent) && double.IsFinite(sample.BitsPerSecond))
        {
            var sum = _sums.GetValueOrDefault((group, sample.Serial));
            _sums[(group, sample.Serial)] = new(
                sum.Minutes + 1, sum.Cpu + (sample.CpuMeanPercent / 100), sum.Bits + sample.BitsPerSecond);
        }
    }

    /// <summary>One sample for each group that had the same members all the hour.</summary>
    public IEnumerable<(SecurityGroupId Group, EfficiencySample Sample)> Samples() =>
        from sum in _sums
        group sum by sum.Key.Group into members
        where members.All(m => m.Value.Minutes >= LeastMinutes)
        select (members.Key, new EfficiencySample(
            members.Count(),
            members.Sum(m => weightOf(m.Key.Serial) * m.Value.Cpu / m.Value.Minutes),
            members.Sum(m => m.Value.Bits / m.Value.Minutes),
            1));

    private readonly record struct Sum(int Minutes, double Cpu, double Bits);
}
