using System.Diagnostics.Metrics;
using System.Globalization;
using Maestro.Telemetry.Gaia.Diagnostics;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Polling;

/// <summary>Makes what asks one group.</summary>
internal sealed class PollerFactory(
    IOptions<PollingOptions> options, IServiceProvider services, TimeProvider time, ILoggerFactory loggers, IMeterFactory meters)
{
    /// <summary>Nothing is sent before the first round.</summary>
    public GroupPoller Create(PollTargetOptions target)
    {
        var client = DiagnosticsClient.Create(
            target.ToGaia(options.Value),
            target.Group.ToString(CultureInfo.InvariantCulture),
            options.Value.Parallel,
            time,
            loggers,
            meters);
        return ActivatorUtilities.CreateInstance<GroupPoller>(services, target.Group, options.Value, client);
    }
}
