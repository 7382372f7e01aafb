namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>What became of a model of an earlier run.</summary>
internal enum RestoringOutcome
{
    /// <summary>It goes on.</summary>
    Restored = 1,

    /// <summary>It was made for other settings, weights or times, or by another release.</summary>
    Outdated = 2,

    /// <summary>It could not be read.</summary>
    Unreadable = 3,
}
