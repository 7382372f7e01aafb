using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Series;

/// <summary>
/// How the members of a group usually share its demand, slowly averaged. The group's demand does not change when a
/// member joins or leaves, so what is forecast of it can be split over whoever is there. Not safe for concurrent use.
/// </summary>
/// <param name="rate">Weight of a new observation, above 0 and at most 1.</param>
public sealed class MemberShares(double rate = 0.02)
{
    // Relative to each other. A member that has left keeps its own, and takes it up again when it comes back.
    private readonly Dictionary<GatewaySerial, double> _weights = [];

    /// <summary>Takes what members carry at one time.</summary>
    /// <param name="loads">By member that serves; those that are not finite or negative are left out.</param>
    public void Observe(IEnumerable<KeyValuePair<GatewaySerial, double>> loads)
    {
        ArgumentNullException.ThrowIfNull(loads);
        KeyValuePair<GatewaySerial, double>[] present = [.. loads.Where(l => double.IsFinite(l.Value) && l.Value >= 0)];
        KeyValuePair<GatewaySerial, double>[] known = [.. present.Where(l => _weights.ContainsKey(l.Key))];
        var total = known.Sum(l => l.Value);
        var weight = known.Sum(l => _weights[l.Key]);
        if (known.Length == 0 || weight <= 0)
        {
            (total, weight) = (present.Sum(l => l.Value), 1);
        }

        if (total <= 0)
        {
            return;
        }

        foreach (var (serial, load) in present)
        {
            var now = load / total * weight;
            var usual = _weights.GetValueOrDefault(serial, now);
            _weights[serial] = usual + (rate * (now - usual));
        }
    }

    /// <summary>What each member carries of a demand. A member that was never seen carries as much as the others do.</summary>
    /// <param name="demand">The group's demand.</param>
    /// <param name="members">Who is there to carry it.</param>
    public IReadOnlyDictionary<GatewaySerial, double> Split(double demand, IEnumerable<GatewaySerial> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        GatewaySerial[] all = [.. members];
        double[] known = [.. all.Where(_weights.ContainsKey).Select(m => _weights[m])];
        var unseen = known.Length == 0 || known.Sum() <= 0 ? 1 : known.Average();
        var weights = all.ToDictionary(m => m, m => known.Sum() <= 0 ? 1 : _weights.GetValueOrDefault(m, unseen));
        var sum = weights.Values.Sum();
        return weights.ToDictionary(w => w.Key, w => demand * w.Value / sum);
    }
}
