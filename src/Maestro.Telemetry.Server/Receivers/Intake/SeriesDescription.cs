namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>What a sender says of a series.</summary>
/// <param name="Metric">Its name as Prometheus writes it: letters, digits, underscores, colons.</param>
/// <param name="Unit">As UCUM has it, for example 1 or By; empty when the protocol has none.</param>
/// <param name="IsDelta">True when each value is a change since the one before.</param>
/// <param name="Labels">Of the resource and of the points; a later one of the same name wins.</param>
internal sealed record SeriesDescription(string Metric, string Unit, bool IsDelta, IReadOnlyList<Label> Labels)
{
    /// <summary>The value of a label; null when there is none, or an empty one.</summary>
    public string? Find(string name)
    {
        for (var i = Labels.Count - 1; i >= 0; i--)
        {
            if (Labels[i].Name == name)
            {
                return Labels[i].Value is { Length: > 0 } value ? value : null;
            }
        }

        return null;
    }
}
