namespace Maestro.Telemetry.Ports;

/// <summary>What dashboards show beside samples: some values of one thing at one time.</summary>
/// <param name="Measurement">What kind of thing it is, for example group.</param>
/// <param name="Tags">Which one it is; an empty value is no tag.</param>
/// <param name="Fields">Its values: double, long or string, for one name always the same type; no NaN.</param>
/// <param name="Time">When; the same thing at the same time is replaced.</param>
public sealed record DataPoint(
    string Measurement,
    IReadOnlyList<(string Name, string Value)> Tags,
    IReadOnlyList<(string Name, object Value)> Fields,
    DateTimeOffset Time);
