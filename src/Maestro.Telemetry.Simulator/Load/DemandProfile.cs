namespace Maestro.Telemetry.Simulator.Load;

/// <summary>The demand of a Security Group over day and week, and what its traffic is made of.</summary>
public sealed record DemandProfile
{
    /// <summary>CPU work at the usual peak of the busiest day, in SGMs of the reference model; above 0.</summary>
    public required double PeakWork { get; init; }

    /// <summary>The hour of the main peak, UTC, from 0 to 24.</summary>
    public double PeakHour { get; init; } = 14;

    /// <summary>The width of the main peak, in hours; above 0.</summary>
    public double PeakWidthHours { get; init; } = 3.5;

    /// <summary>The hour of a second peak, UTC.</summary>
    public double SecondPeakHour { get; init; } = 9.5;

    /// <summary>The height of the second peak as a share of the main one, 0 to 1.</summary>
    public double SecondPeakShare { get; init; } = 0.8;

    /// <summary>The lowest demand of the day as a share of the peak, 0 to 1.</summary>
    public double NightShare { get; init; } = 0.25;

    /// <summary>Multiples of demand from Monday to Sunday.</summary>
    public IReadOnlyList<double> Weekdays { get; init; } = [1, 1, 1, 1, 0.95, 0.55, 0.5];

    /// <summary>Growth per week, for example 0.01; the level is 1 at the start of the scenario.</summary>
    public double GrowthPerWeek { get; init; } = 0.005;

    /// <summary>The spread of what no calendar explains, as a share of demand.</summary>
    public double Noise { get; init; } = 0.05;

    /// <summary>Bits per second that keep one SGM of the reference model wholly busy.</summary>
    public double BitsPerWork { get; init; } = 15e9;

    /// <summary>New connections per second that keep one SGM of the reference model wholly busy.</summary>
    public double ConnectionRatePerWork { get; init; } = 60_000;

    /// <summary>How long a connection stays in the table, in seconds.</summary>
    public double ConnectionSeconds { get; init; } = 35;

    /// <summary>Share of packets that SecureXL accelerates, 0 to 1.</summary>
    public double AccelerationRatio { get; init; } = 0.72;

    /// <summary>Mean packet size in bytes.</summary>
    public double PacketBytes { get; init; } = 720;
}
