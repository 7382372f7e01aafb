namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>What a feature's numbers mean.</summary>
internal enum FeatureKind
{
    /// <summary>A level: the base is taken from it.</summary>
    Level = 1,

    /// <summary>A difference already.</summary>
    Difference = 2,

    /// <summary>A share of the base.</summary>
    Ratio = 3,
}
