using System.Collections.Immutable;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Load;

/// <summary>
/// The demand of one Security Group at any time: a pure function of the seed and the time, the flash crowds called so
/// far apart. It knows nothing of the group's members.
/// </summary>
public sealed class DemandModel
{
    private const double SecondsPerHour = 3_600;
    private const double SecondsPerDay = 86_400;
    private const double SecondsPerWeek = 7 * SecondsPerDay;

    // 1970-01-01 was a Thursday: the fourth day of a week that starts on Monday.
    private const double FirstMonday = 4 * SecondsPerDay;

    private readonly DemandProfile _profile;
    private readonly WorkTrace? _trace;
    private readonly double _start;
    private readonly double _mainSharpness;
    private readonly double _highest;
    private readonly double _lowest;
    private readonly ulong _key;
    private ImmutableArray<FlashCrowd> _crowds;

    internal DemandModel(
        ScenarioGroup group, ulong seed, DateTimeOffset start, IEnumerable<FlashCrowd> crowds, WorkTrace? trace)
    {
        _profile = group.Demand;
        _trace = trace;
        _start = start.ToUnixTimeMilliseconds() / 1000.0;
        _key = Chance.Key(Chance.Key(seed, "demand"), group.Id);
        _crowds = [.. crowds.Where(c => c.Group == group.Id)];

        // A von Mises bump: the bell of a circle. Its sharpness is the inverse square of its width in radians.
        _mainSharpness = 1 / Math.Pow(Math.Tau * _profile.PeakWidthHours / 24, 2);
        var day = Enumerable.Range(0, 288).Select(step => Bumps(step / 12.0)).ToArray();
        _highest = day.Max();
        _lowest = day.Min();
    }

    /// <summary>The demand at a time in seconds since 1970.</summary>
    public GroupDemand At(double unixSeconds)
    {
        var work = Crowded(unixSeconds) * (_trace is null ? Usual(unixSeconds) : Traced(unixSeconds));
        var mix = Math.Exp(0.05 * Chance.Wander(Chance.Key(_key, 11), unixSeconds, 6 * SecondsPerHour));
        var churn = Math.Exp(0.06 * Chance.Wander(Chance.Key(_key, 12), unixSeconds, 4 * SecondsPerHour));
        var stay = Math.Exp(0.05 * Chance.Wander(Chance.Key(_key, 13), unixSeconds, 8 * SecondsPerHour));
        var rate = work * _profile.ConnectionRatePerWork * churn;
        var packet = Math.Exp(0.04 * Chance.Wander(Chance.Key(_key, 14), unixSeconds, 5 * SecondsPerHour));
        var accelerated = _profile.AccelerationRatio
            + (0.04 * Chance.Wander(Chance.Key(_key, 15), unixSeconds, 3 * SecondsPerHour));
        return new(
            work,
            work * _profile.BitsPerWork * mix,
            rate * _profile.ConnectionSeconds * stay,
            rate,
            Math.Clamp(accelerated, 0, 1),
            _profile.PacketBytes * 8 * packet);
    }

    internal void Add(FlashCrowd crowd) => ImmutableInterlocked.Update(ref _crowds, crowds => crowds.Add(crowd));

    private double Usual(double unixSeconds)
    {
        var hour = unixSeconds / SecondsPerHour % 24;
        var bump = (Bumps(hour) - _lowest) / (_highest - _lowest);
        var day = _profile.NightShare + ((1 - _profile.NightShare) * bump);
        var growth = Math.Pow(1 + _profile.GrowthPerWeek, (unixSeconds - _start) / SecondsPerWeek);
        return _profile.PeakWork * day * Weekday(unixSeconds) * growth * Unexplained(unixSeconds, _profile.Noise);
    }

    // A trace has its own noise; the points between its own are given a little of ours.
    private double Traced(double unixSeconds) => _trace!.At(unixSeconds) * Unexplained(unixSeconds, 0.01);

    private double Bumps(double hour) =>
        Bump(hour - _profile.PeakHour) + (_profile.SecondPeakShare * Bump(hour - _profile.SecondPeakHour));

    private double Bump(double hours) => Math.Exp(_mainSharpness * (Math.Cos(Math.Tau * hours / 24) - 1));

    // The middle of a day has the day's own factor; midnight is half way to the next.
    private double Weekday(double unixSeconds)
    {
        var position = ((unixSeconds - FirstMonday) / SecondsPerDay) - 0.5;
        var whole = Math.Floor(position);
        var part = position - whole;

        // Nearly flat through the day, steep around midnight.
        var blend = 1 / (1 + Math.Exp(-24 * (part - 0.5)));
        var today = (int)(((long)whole % 7 + 7) % 7);
        return ((1 - blend) * _profile.Weekdays[today]) + (blend * _profile.Weekdays[(today + 1) % 7]);
    }

    private double Unexplained(double unixSeconds, double spread)
    {
        // Three wanders of different length: what was above the usual a minute ago mostly still is.
        var sum = (0.7 * Chance.Wander(Chance.Key(_key, 1), unixSeconds, 5 * SecondsPerHour))
            + (0.5 * Chance.Wander(Chance.Key(_key, 2), unixSeconds, 1_500))
            + (0.5 * Chance.Wander(Chance.Key(_key, 3), unixSeconds, 180));
        return Math.Exp(spread * sum);
    }

    private double Crowded(double unixSeconds)
    {
        var factor = 1.0;
        foreach (var crowd in _crowds)
        {
            factor *= crowd.At(unixSeconds);
        }

        return factor;
    }
}
