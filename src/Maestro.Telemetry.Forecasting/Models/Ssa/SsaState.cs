namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>All that an <see cref="Signal"/> remembers. Arrays are little-endian doubles: every bit matters.</summary>
internal sealed record SsaState
{
    public required int Window { get; init; }

    public required int Rank { get; init; }

    /// <summary>The principal components, row-major, rank × window.</summary>
    public required byte[] Components { get; init; }

    /// <summary>How the components of a window follow from those a step before, row-major, rank × rank.</summary>
    public required byte[] Shift { get; init; }

    /// <summary>The last window without holes, oldest first, from the mean.</summary>
    public required byte[] Last { get; init; }

    /// <summary>The horizons of <see cref="Carry"/>, ascending.</summary>
    public required int[] Horizons { get; init; }

    /// <summary>How much is left by then of what the last value is off the signal, 0 to 1.</summary>
    public required double[] Carry { get; init; }

    /// <summary>The mean that was taken out.</summary>
    public required double Mean { get; init; }

    /// <summary>Nothing further from the mean than this is expected.</summary>
    public required double Farthest { get; init; }

    /// <summary>How fast components may grow over one step; null when they are not held.</summary>
    public required double? Growth { get; init; }

    /// <summary>What is left of a value's weight one step on, when adaptive.</summary>
    public double Discount { get; init; } = 1;

    /// <summary>The sums that components are learned from anew, row-major; empty when not adaptive.</summary>
    public byte[] Covariance { get; init; } = [];

    /// <summary>Values taken since the components were learned.</summary>
    public int Taken { get; init; }
}
