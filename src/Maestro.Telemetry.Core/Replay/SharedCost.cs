namespace Maestro.Telemetry.Replay;

/// <summary>Shortage first, then unit-hours with the price of changes.</summary>
/// <param name="Shortage">Missing units times samples, the highest priority in the highest bits.</param>
/// <param name="Hours">Unit-hours.</param>
internal readonly record struct SharedCost(long Shortage, double Hours)
{
    public static readonly SharedCost Impossible = new(long.MaxValue, double.PositiveInfinity);

    public bool IsLessThan(in SharedCost other) =>
        Shortage < other.Shortage || (Shortage == other.Shortage && Hours < other.Hours);

    /// <summary>With more of both; what is impossible stays so.</summary>
    public SharedCost Plus(long shortage, double hours) =>
        Shortage == long.MaxValue ? this : new(Shortage + shortage, Hours + hours);
}
