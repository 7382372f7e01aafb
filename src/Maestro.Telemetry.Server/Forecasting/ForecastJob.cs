using Quartz;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>Forecasts every group and resource anew.</summary>
[DisallowConcurrentExecution]
internal sealed class ForecastJob(ForecastService forecasts) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await forecasts.RunAsync(cancellationToken);
}
