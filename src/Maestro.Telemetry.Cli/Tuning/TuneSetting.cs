using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>A position for each knob.</summary>
/// <param name="Positions">In the order of <see cref="TuneKnobs.All"/>.</param>
internal sealed record TuneSetting(IReadOnlyList<double> Positions)
{
    /// <summary>All knobs in a line; unique among settings.</summary>
    public string Name { get; } =
        string.Join(", ", TuneKnobs.All.Zip(Positions, static (knob, position) => TuneKnobs.Say(knob, position)));

    /// <summary>The policy with the knobs so.</summary>
    public ScalingPolicy Turn(ScalingPolicy policy)
    {
        for (var k = 0; k < Positions.Count; k++)
        {
            policy = TuneKnobs.All[k].Turn(policy, Positions[k]);
        }

        return policy;
    }

    /// <summary>The knobs that stand elsewhere than in another setting; the name when none does.</summary>
    public string Unlike(TuneSetting other)
    {
        var turned = TuneKnobs.All.Select((knob, k) => (knob, k)).Where(p => Positions[p.k] != other.Positions[p.k]).ToList();
        return turned.Count == 0 ? Name : string.Join(", ", turned.Select(p => TuneKnobs.Say(p.knob, Positions[p.k])));
    }
}
