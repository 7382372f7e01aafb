using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Load;

/// <summary>What makes one SGM different from the next: its share of the hash and the slant of its cores.</summary>
internal sealed class MemberTraits
{
    private const double WanderSeconds = 3 * 3_600;
    private const double CoreWanderSeconds = 600;

    // A core is at most this much off the mean, as a share of what is left to the nearer of idle and full.
    private const double MostSlant = 0.45;

    private readonly ulong _key;
    private readonly double _hash;
    private readonly double _spread;
    private readonly double[] _slant;

    public MemberTraits(string serial, ScenarioModel model, ulong seed, double imbalance)
    {
        Model = model;
        _key = Chance.Key(Chance.Key(seed, "member"), serial);
        _spread = imbalance;
        _hash = imbalance * Chance.Normal(_key, 0);
        _slant = [.. Enumerable.Range(0, model.Cores).Select(Slant)];
    }

    public ScenarioModel Model { get; }

    /// <summary>The part of the hash space that falls to it, relative to that of other members.</summary>
    public double HashWeight(double unixSeconds) =>
        Model.Weight * Math.Exp(_hash + (0.4 * _spread * Chance.Wander(_key, unixSeconds, WanderSeconds)));

    /// <summary>A slow wander of its own, for example for the memory.</summary>
    public double Wander(int quantity, double unixSeconds, double period) =>
        Chance.Wander(Chance.Key(_key, 100 + quantity), unixSeconds, period);

    /// <summary>
    /// Shares the mean over the cores: their mean is exactly <paramref name="mean"/>, none is below 0 or above 1, and
    /// the busiest is above the mean unless that is 0 or 1.
    /// </summary>
    public double ShareOverCores(double mean, double unixSeconds, Span<double> cores)
    {
        var total = 0.0;
        var position = unixSeconds / CoreWanderSeconds;
        var index = (long)Math.Floor(position);
        var part = position - index;
        for (var core = 0; core < cores.Length; core++)
        {
            var key = _key + ((ulong)core << 32);
            var wander = ((1 - part) * Chance.Normal(key, index)) + (part * Chance.Normal(key, index + 1));
            cores[core] = Math.Clamp(_slant[core] + (0.06 * wander), -MostSlant, MostSlant);
            total += cores[core];
        }

        var centre = total / cores.Length;
        var room = Math.Min(mean, 1 - mean);
        var busiest = 0.0;
        for (var core = 0; core < cores.Length; core++)
        {
            cores[core] = mean + ((cores[core] - centre) * room);
            busiest = Math.Max(busiest, cores[core]);
        }

        return busiest;
    }

    // Secure Network Distributors are a little busier than Firewall instances, and each core has its own luck.
    private double Slant(int core) =>
        (core < Model.SndCores ? 0.12 : 0) + (0.1 * Chance.Normal(Chance.Key(_key, 7), core));
}
