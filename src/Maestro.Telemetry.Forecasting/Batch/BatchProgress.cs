namespace Maestro.Telemetry.Forecasting.Batch;

/// <summary>How far a batch is.</summary>
/// <param name="Done">Series that have a result.</param>
/// <param name="FellBack">Those of them that a later model of the chain took.</param>
/// <param name="Failed">Those of them without a forecast.</param>
public readonly record struct BatchProgress(int Done, int FellBack, int Failed)
{
    internal BatchProgress With(FitStatus status) => new(
        Done + 1,
        FellBack + (status == FitStatus.FellBack ? 1 : 0),
        Failed + (status == FitStatus.NoModel ? 1 : 0));
}
