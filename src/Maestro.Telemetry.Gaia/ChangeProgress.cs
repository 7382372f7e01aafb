namespace Maestro.Telemetry.Gaia;

/// <summary>What one call has sent so far, which decides what a failure afterwards leaves open.</summary>
internal sealed class ChangeProgress
{
    /// <summary>Times the assignment was staged, or may have been.</summary>
    public int Sets { get; set; }

    /// <summary>Times something could not even be sent.</summary>
    public int NotSent { get; set; }

    /// <summary>When the apply left; null before. A timestamp of the time provider.</summary>
    public long? AppliedAt { get; set; }

    /// <summary>What the Orchestrator last failed to answer.</summary>
    public GaiaException? Failure { get; set; }

    /// <summary>The words with which an apply ended badly, after which only the topology says what came of it.</summary>
    public GaiaRefusedException? Refusal { get; set; }

    public bool AnythingSent => Sets > 0 || AppliedAt is not null;
}
