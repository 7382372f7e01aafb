namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>A group that is short.</summary>
internal sealed record Bidder
{
    /// <summary>The class it belongs to; 1 is served first.</summary>
    public required int Priority { get; init; }

    /// <summary>SGMs that it may get in this cycle; 0 or more.</summary>
    public required int Most { get; init; }

    /// <summary>SGMs that it lacks to its hard minimum; 0 or more.</summary>
    public required int MissingMembers { get; init; }

    /// <summary>Unit-hours that are expected to be missing when it gets so many reference SGMs more.</summary>
    public required Func<double, double> Shortage { get; init; }

    /// <summary>Whether it still wants an SGM when it has got so many, of so many reference SGMs together.</summary>
    public required Func<int, double, bool> Wants { get; init; }
}
