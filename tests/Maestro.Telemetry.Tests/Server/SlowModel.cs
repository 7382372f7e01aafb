using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>A model that takes an hour to fit.</summary>
internal sealed class SlowModel(ManualTimeProvider clock) : IForecastModel
{
    public string Name => "slow";

    public FitResult Fit(TrainingSeries series, CancellationToken cancellationToken)
    {
        clock.Advance(TimeSpan.FromHours(1));
        cancellationToken.ThrowIfCancellationRequested();
        return FitResult.Refused("it was not stopped");
    }

    public IFittedModel Restore(string json) => throw new FormatException("There is no such state.");
}
