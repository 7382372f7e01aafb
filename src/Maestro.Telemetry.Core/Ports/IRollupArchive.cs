using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>Takes roll-ups as they are: those of minutes whose samples are no longer kept.</summary>
public interface IRollupArchive
{
    /// <summary>
    /// Stores roll-ups in place of what is stored of the same minute, SGM and group. Samples of such a minute must not be
    /// written afterwards.
    /// </summary>
    /// <param name="metrics">The metrics of each row's values.</param>
    /// <param name="rollups">The rows; those that hold no sample are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreUnavailableException">They were not all stored; the same call may succeed later.</exception>
    ValueTask PutRollupsAsync(
        IReadOnlyList<MetricId> metrics, IReadOnlyList<RollupRow> rollups, CancellationToken cancellationToken);
}
