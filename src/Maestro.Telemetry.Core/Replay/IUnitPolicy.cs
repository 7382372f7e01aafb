namespace Maestro.Telemetry.Replay;

/// <summary>A rule of thumb to compare the planner with: it wants a number of units, and gets them after the lead time.</summary>
public interface IUnitPolicy
{
    /// <summary>The units the group should have, those that are joining included.</summary>
    int Want(in UnitView view);
}
