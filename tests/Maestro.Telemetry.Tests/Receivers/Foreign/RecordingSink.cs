using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

/// <summary>Writes down what a decoder tells.</summary>
internal sealed class RecordingSink : ISeriesSink<SeriesDescription>
{
    private readonly Dictionary<string, SeriesDescription> _known = new(StringComparer.Ordinal);

    public List<(SeriesDescription Series, long TimeMs, double Value)> Points { get; } = [];

    public Dictionary<IgnoredReason, int> Ignored { get; } = [];

    /// <summary>Each point as a line, whatever the order of labels.</summary>
    public IEnumerable<string> Lines => Points.Select(p => Line(
        p.Series.Metric, p.Series.Unit, p.Series.IsDelta, p.Series.Labels, p.TimeMs, p.Value));

    public static string Line(
        string metric, string unit, bool isDelta, IEnumerable<Label> labels, long timeMs, double value)
    {
        var text = string.Join(',', labels.Select(l => $"{l.Name}={l.Value}").Order(StringComparer.Ordinal));
        return FormattableString.Invariant($"{metric} {unit} {isDelta} {{{text}}} {timeMs} {BitConverter.DoubleToInt64Bits(value):X}");
    }

    public SeriesDescription? Find(ReadOnlySpan<byte> key) => _known.GetValueOrDefault(Convert.ToHexString(key));

    public SeriesDescription Describe(ReadOnlySpan<byte> key, SeriesDescription description) =>
        _known[Convert.ToHexString(key)] = description;

    public void Add(SeriesDescription series, long timeMs, double value) => Points.Add((series, timeMs, value));

    public void Ignore(IgnoredReason reason, int points) => Ignored[reason] = Ignored.GetValueOrDefault(reason) + points;
}
