namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>How the simulated Orchestrators listen and whom they let in.</summary>
public sealed record OrchestratorOptions
{
    public string User { get; init; } = "admin";

    public string Password { get; init; } = "simulated";

    /// <summary>A user who may only look, with the same password.</summary>
    public string ReadOnlyUser { get; init; } = "monitor";

    /// <summary>The time after which an unused session ends, when the login does not say.</summary>
    /// <value>The default is 600 seconds; from 10 to 3600.</value>
    public int SessionTimeoutSeconds { get; init; } = 600;

    /// <summary>Listen on https with a certificate that is made at the start and signed by itself.</summary>
    public bool Https { get; init; }

    /// <summary>
    /// Answer an apply with a task that show-task tells the end of. What the vendor's clients read suggests that the
    /// result comes at once, so that is the default.
    /// </summary>
    public bool ApplyAsTask { get; init; }

    /// <summary>How long such a task takes, in simulated time.</summary>
    public TimeSpan TaskTime { get; init; } = TimeSpan.FromSeconds(20);
}
