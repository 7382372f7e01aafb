using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Series;

/// <summary>The demand of one group, minute by minute.</summary>
internal sealed class GroupDemand(DateTimeOffset start)
{
    internal const double NeededCoverage = 0.7;
    private static readonly TimeSpan HeardWithin = TimeSpan.FromMinutes(5);
    private static readonly Resource[] Resources = Enum.GetValues<Resource>();

    private readonly List<double>[] _values = [.. Resources.Select(_ => new List<double>())];
    private readonly Dictionary<GatewaySerial, Member> _members = [];
    private readonly List<(GatewaySerial Serial, double Weight, MinuteSample Sample)> _minute = [];
    private HashSet<GatewaySerial>? _pinned;
    private MinuteSample? _total;

    /// <summary>The first minute that is kept.</summary>
    public DateTimeOffset Start { get; private set; } = start;

    public double[] Values(Resource resource) => [.. _values[Array.IndexOf(Resources, resource)]];

    public void Add(in MinuteSample sample, double weight)
    {
        if (sample.Active == false)
        {
            // A booting SGM is busy with itself; that is no demand.
            _members.Remove(sample.Serial);
            return;
        }

        _members[sample.Serial] = new Member(weight, sample.Minute);
        _minute.Add((sample.Serial, weight, sample));
    }

    /// <summary>The minute of all members together, in reference SGMs; it counts when none of them has a sample.</summary>
    public void SetTotal(in MinuteSample sample) => _total = sample;

    public void Forget(GatewaySerial serial)
    {
        _members.Remove(serial);
        _pinned?.Remove(serial);
    }

    public void SetMembers(IEnumerable<KeyValuePair<GatewaySerial, double>> active)
    {
        _pinned = [];
        foreach (var (serial, weight) in active)
        {
            _pinned.Add(serial);
            _members[serial] = new Member(weight, _members.GetValueOrDefault(serial).LastHeard);
        }
    }

    public void Close(DateTimeOffset minute, int maxMinutes)
    {
        var expected = ExpectedWeight(minute);
        for (var i = 0; i < Resources.Length; i++)
        {
            _values[i].Add(Total(Resources[i], expected));
        }

        _minute.Clear();
        _total = null;
        Trim(maxMinutes);
    }

    private double ExpectedWeight(DateTimeOffset minute)
    {
        double weight = 0;
        foreach (var (serial, member) in _members)
        {
            var counts = _pinned?.Contains(serial) ?? minute - member.LastHeard < HeardWithin;
            if (counts || member.LastHeard >= minute)
            {
                weight += member.Weight;
            }
        }

        return weight;
    }

    // Members without a sample are taken to carry as much per unit of weight as the others: traffic is shared by weight.
    private double Total(Resource resource, double expectedWeight)
    {
        if (_minute.Count == 0)
        {
            return _total?.ValueOf(resource) ?? double.NaN;
        }

        double sum = 0;
        double presentWeight = 0;
        foreach (var (_, weight, sample) in _minute)
        {
            var value = sample.ValueOf(resource);
            if (double.IsFinite(value))
            {
                presentWeight += weight;
                sum += resource == Resource.CpuWork ? value * weight : value;
            }
        }

        if (presentWeight <= 0 || presentWeight < NeededCoverage * expectedWeight)
        {
            return double.NaN;
        }

        return presentWeight < expectedWeight ? sum * (expectedWeight / presentWeight) : sum;
    }

    // In large steps, because taking from the front of a list moves all the rest.
    private void Trim(int maxMinutes)
    {
        var extra = _values[0].Count - maxMinutes;
        if (extra <= Math.Max(60, maxMinutes / 10))
        {
            return;
        }

        foreach (var values in _values)
        {
            values.RemoveRange(0, extra);
        }

        Start += TimeSpan.FromMinutes(extra);
    }

    private readonly record struct Member(double Weight, DateTimeOffset LastHeard);
}
