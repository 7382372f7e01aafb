using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// Replays a recorded demand as the load of one SGM. A replay has no cores: the busiest core is as busy as the mean.
/// What comes in goes out.
/// </summary>
public sealed class TraceSource : IMetricSource
{
    private readonly DemandTrace _trace;
    private readonly TraceSourceOptions _options;
    private DateTimeOffset? _origin;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public TraceSource(DemandTrace trace, TraceSourceOptions options)
    {
        if (options.Validate() is [_, ..] errors)
        {
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        }

        (_trace, _options) = (trace, options);
        _origin = options.StartNow ? null : trace.Start;
    }

    public IReadOnlyList<Column> Columns { get; } =
    [
        new() { Metric = Metric.CpuMean },
        new() { Metric = Metric.CpuBusiestCore },
        new() { Metric = Metric.ReceivedBitsRate },
        new() { Metric = Metric.TransmittedBitsRate },
        new() { Metric = Metric.MemberState },
    ];

    /// <returns>False before the trace begins and, when it is not looped, after it has ended.</returns>
    public ValueTask<bool> ReadAsync(DateTimeOffset now, Memory<double> row, CancellationToken cancellationToken)
    {
        _origin ??= now;
        if (now < _origin || _trace.ValueAt(now - _origin.Value, _options.Loop) is not { } value)
        {
            return ValueTask.FromResult(false);
        }

        var share = value / _trace.Peak / _options.Members;
        var busy = share * _options.PeakBusyPercent;
        var bits = share * _options.PeakBitsPerSecond;
        ReadOnlySpan<double> values = [busy, busy, bits, bits, (double)MemberState.Active];
        values.CopyTo(row.Span);
        return ValueTask.FromResult(true);
    }
}
