namespace Maestro.Telemetry.Ports;

/// <summary>Takes what dashboards show; nothing in the product reads it back. Safe for concurrent use.</summary>
public interface IPointSink
{
    /// <exception cref="StoreUnavailableException">They could not be stored now; a part of them may be.</exception>
    ValueTask WritePointsAsync(IReadOnlyList<DataPoint> points, CancellationToken cancellationToken);
}
