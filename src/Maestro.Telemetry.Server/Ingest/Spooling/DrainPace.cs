namespace Maestro.Telemetry.Server.Ingest.Spooling;

/// <summary>
/// How much of the spool follows at once: more while live commits are quick, half as soon as they are not, so that a
/// backlog takes what live samples leave (additive increase, multiplicative decrease: Chiu and Jain 1989,
/// https://doi.org/10.1016/0169-7552(89)90019-6).
/// </summary>
/// <param name="Rows">Rows of the next portion.</param>
/// <param name="Pause">Time to leave the store to live samples before it.</param>
internal readonly record struct DrainPace(int Rows, TimeSpan Pause)
{
    public const int LeastRows = 500;
    public const int MostRows = 20_000;
    private const int Step = 1_000;

    public static DrainPace Start { get; } = new(LeastRows, TimeSpan.Zero);

    /// <summary>The pace after a portion.</summary>
    /// <param name="liveCommit">How long the last live commit took.</param>
    /// <param name="maxLiveCommit">How long a live commit may take.</param>
    public DrainPace Next(TimeSpan liveCommit, TimeSpan maxLiveCommit) => liveCommit > maxLiveCommit
        ? new DrainPace(Math.Max(LeastRows, Rows / 2), liveCommit)
        : new DrainPace(Math.Min(MostRows, Rows + Step), TimeSpan.Zero);
}
