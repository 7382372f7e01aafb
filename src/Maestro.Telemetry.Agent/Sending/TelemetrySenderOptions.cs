namespace Maestro.Telemetry.Agent;

/// <summary>How much a <see cref="TelemetrySender"/> keeps, how it forms batches and how it waits.</summary>
public sealed class TelemetrySenderOptions
{
    /// <summary>Rows that may wait for their acknowledgement before new ones are refused.</summary>
    /// <value>The default is 50000; from 1 to 10000000.</value>
    public int MaxOutboxRows { get; set; } = 50_000;

    /// <summary>Bytes of values and timestamps that may wait for their acknowledgement.</summary>
    /// <value>The default is 8 MiB; from 4 KiB to 1 GiB.</value>
    public long MaxOutboxBytes { get; set; } = 8L << 20;

    /// <summary>Rows of one batch. The collector may ask for fewer.</summary>
    /// <value>The default is 500; from 1 to 100000.</value>
    public int BatchRows { get; set; } = 500;

    /// <summary>How long the first row of a batch waits for more.</summary>
    /// <value>The default is 1 second; from 0 to 1 minute.</value>
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Batches in flight, at most. The collector may ask for fewer.</summary>
    /// <value>The default is 64; from 1 to 4096.</value>
    public int MaxWindowBatches { get; set; } = 64;

    /// <summary>How long the collector may take to answer the opening of a stream.</summary>
    /// <value>The default is 15 seconds; from 100 milliseconds to 5 minutes.</value>
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long something in flight may stay without an answer before the stream is opened again.</summary>
    /// <value>The default is 1 minute; from 1 second to 1 hour.</value>
    public TimeSpan AcknowledgementTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The upper end of the first wait before a stream is opened again; it doubles with each failure.
    /// </summary>
    /// <value>The default is 500 milliseconds; from 1 millisecond to 1 minute.</value>
    public TimeSpan BackoffBase { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The upper end of any wait before a stream is opened again.</summary>
    /// <value>The default is 30 seconds; at least <see cref="BackoffBase"/>, at most 1 hour.</value>
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The wait after an answer that will not change by itself, for example a serial that another agent streams.
    /// </summary>
    /// <value>The default is 1 minute; from 1 second to 1 hour.</value>
    public TimeSpan RejectedRetry { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a stop, or a change of identity, waits for what is still unacknowledged.</summary>
    /// <value>The default is 5 seconds; from 0 to 5 minutes.</value>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The seed of the jitter, so that a run can be repeated.</summary>
    /// <value>The default is null: taken from the identity and the time of the start.</value>
    public int? Seed { get; set; }

    /// <summary>What is wrong with the values, one sentence each; empty when nothing is.</summary>
    /// <param name="prefix">What stands before the name of an option in its key, for example "Sender:".</param>
    public IReadOnlyList<string> Validate(string prefix = "") =>
    [
        .. Ranges.Check(prefix + nameof(MaxOutboxRows), MaxOutboxRows, 1, 10_000_000),
        .. Ranges.Check(prefix + nameof(MaxOutboxBytes), MaxOutboxBytes, 4L << 10, 1L << 30),
        .. Ranges.Check(prefix + nameof(BatchRows), BatchRows, 1, 100_000),
        .. Ranges.Check(prefix + nameof(Linger), Linger, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        .. Ranges.Check(prefix + nameof(MaxWindowBatches), MaxWindowBatches, 1, 4_096),
        .. Ranges.Check(prefix + nameof(OpenTimeout), OpenTimeout,
            TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
        .. Ranges.Check(prefix + nameof(AcknowledgementTimeout), AcknowledgementTimeout,
            TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        .. Ranges.Check(prefix + nameof(BackoffBase), BackoffBase,
            TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
        .. Ranges.Check(prefix + nameof(BackoffMax), BackoffMax, BackoffBase, TimeSpan.FromHours(1)),
        .. Ranges.Check(prefix + nameof(RejectedRetry), RejectedRetry, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        .. Ranges.Check(prefix + nameof(StopGrace), StopGrace, TimeSpan.Zero, TimeSpan.FromMinutes(5)),
    ];

    internal void ThrowIfInvalid()
    {
        if (Validate() is [_, ..] errors)
        {
            throw new ArgumentException(string.Join(" ", errors));
        }
    }
}
