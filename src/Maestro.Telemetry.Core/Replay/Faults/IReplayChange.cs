namespace Maestro.Telemetry.Replay.Faults;

/// <summary>
/// What goes wrong in a replay: telemetry that says something else than what was, or demand that does what it did not do
/// before. Pure: the same group and the same moments give the same.
/// </summary>
public interface IReplayChange
{
    /// <summary>Short and unique, as the command line knows it.</summary>
    string Name { get; }

    /// <summary>What happens, and when, in a line.</summary>
    string About { get; }

    /// <summary>The group as it would have been.</summary>
    /// <param name="group">The group; what was measured of it may have been changed before.</param>
    /// <param name="when">Where the change may be, and chance.</param>
    ReplayGroup Apply(ReplayGroup group, ChangeMoments when);
}
