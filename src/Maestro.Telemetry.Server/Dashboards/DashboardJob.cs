using Maestro.Telemetry.Ports;
using Quartz;

namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>Writes down for dashboards how things stand; a store that dashboards do not read gets nothing.</summary>
[DisallowConcurrentExecution]
internal sealed partial class DashboardJob(
    ITelemetryStore store, DashboardRecorder recorder, ILogger<DashboardJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (store is not IPointSink sink)
        {
            return;
        }

        try
        {
            await recorder.RecordAsync(sink, cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(1901, LogLevel.Debug, "Nothing is written down for dashboards now; tried again at the next time")]
    private partial void LogFailed(Exception exception);
}
