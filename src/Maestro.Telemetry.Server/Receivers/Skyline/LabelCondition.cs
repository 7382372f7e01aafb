using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>A label that has one of some values; case does not matter.</summary>
internal sealed class LabelCondition(string label, string values)
{
    private readonly string[] _values = Alternatives.Split(values);

    public bool Holds(SeriesDescription series) =>
        series.Find(label) is { } value && _values.Contains(value, StringComparer.OrdinalIgnoreCase);
}
