using System.Globalization;

namespace Maestro.Telemetry.Replay.Faults;

/// <summary>Samples are lost now and then, by chance.</summary>
/// <param name="percent">How many of a hundred.</param>
public sealed class DroppedSamples(int percent) : IReplayChange
{
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"drop-{percent}");

    public string About { get; } = string.Create(CultureInfo.InvariantCulture, $"{percent} % of the samples do not arrive");

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var samples = new MeasuredSamples(group);
        for (var t = when.First; t < when.Steps; t++)
        {
            if (when.ChanceAt(t, group.Policy.Group.Value) < percent / 100.0)
            {
                samples.Lose(t);
            }
        }

        return samples.ToGroup();
    }
}
