namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// While software is installed on a group nothing is taken from it. Members that are not ACTIVE, sync links and upgrades
/// are held by the rules for removals and the fabric checks.
/// </summary>
internal static class HealthGate
{
    public static Refusal? Why(GroupState state) =>
        // A group of several models must have it off for good.
        state.Group.ImageCloning is false && state.Members.Select(m => m.Model.Name).Distinct().Count() == 1
            ? new(
                ReasonCode.Maintenance,
                "SMO Image Cloning is off, as it is while software is installed; nothing is taken until it is on again")
            : null;
}
