using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>Where the values of one SGM come from.</summary>
public interface IMetricSource
{
    /// <summary>What a row holds, in order. Fixed for the life of the source.</summary>
    IReadOnlyList<Column> Columns { get; }

    /// <summary>Fills one row with one finite value per column.</summary>
    /// <returns>
    /// False when there is nothing to say at this moment: the first reading of a rate, a counter that was reset, a
    /// member that is down. The row is then not to be used.
    /// </returns>
    ValueTask<bool> ReadAsync(DateTimeOffset now, Memory<double> row, CancellationToken cancellationToken);
}
