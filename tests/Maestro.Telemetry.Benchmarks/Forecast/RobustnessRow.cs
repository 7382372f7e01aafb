namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>MASE with a harmed history: the mean of nab5, azvm5 and net5.</summary>
internal sealed record RobustnessRow(string Corruption, double Mase2H, double Mase24H, double Coverage95)
{
    /// <summary>Against the row without harm.</summary>
    public required double Ratio2H { get; init; }

    public required double Ratio24H { get; init; }
}
