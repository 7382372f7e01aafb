namespace Maestro.Telemetry.Replay;

/// <summary>Somebody who decides about capacity and is compared with others.</summary>
/// <param name="name">Short and unique.</param>
public abstract class ReplayContestant(string name)
{
    public string Name { get; } = name;

    internal abstract ContestantRun Begin(ReplayScenario scenario);
}
