namespace Maestro.Telemetry.Gaia;

/// <summary>How far a change has come, as the topology shows it.</summary>
internal enum ChangeStage
{
    /// <summary>The SGM is where the change wants it.</summary>
    Deployed,

    /// <summary>The SGM, or the group it is to go to, is not as the change expects.</summary>
    OutOfDate,

    /// <summary>Somebody else's changes are staged.</summary>
    ForeignPending,

    /// <summary>Nothing is staged.</summary>
    Clear,

    /// <summary>Exactly this change is staged.</summary>
    Staged,
}
