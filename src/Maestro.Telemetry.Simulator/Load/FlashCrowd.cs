namespace Maestro.Telemetry.Simulator.Load;

/// <summary>A surge of demand that no calendar foretells: it ramps up, holds and ramps down.</summary>
/// <param name="Group">The Security Group that it hits.</param>
/// <param name="From">When it begins.</param>
/// <param name="Duration">From begin to end, ramps included; above 0.</param>
/// <param name="Factor">Demand at its height, as a multiple of what it would be; above 0.</param>
public sealed record FlashCrowd(int Group, DateTimeOffset From, TimeSpan Duration, double Factor)
{
    // A crowd gathers over the first fifth of its time and leaves over the last.
    private const double RampShare = 0.2;

    /// <summary>The multiple of demand at a time; 1 outside.</summary>
    internal double At(double unixSeconds)
    {
        var position = (unixSeconds - (From.ToUnixTimeMilliseconds() / 1000.0)) / Duration.TotalSeconds;
        if (position is <= 0 or >= 1)
        {
            return 1;
        }

        var ramp = Math.Min(1, Math.Min(position, 1 - position) / RampShare);
        return 1 + ((Factor - 1) * ramp);
    }
}
