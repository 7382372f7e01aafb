namespace Maestro.Telemetry.Scaling;

/// <summary>Changes that may be made without asking within 24 hours; more are only proposed.</summary>
/// <param name="PerGroup">Changes that touch a group; above 0.</param>
/// <param name="PerSite">Changes on a site; above 0.</param>
public sealed record ChangeBudget(int PerGroup = 8, int PerSite = 16)
{
    /// <summary>For what is only tried out.</summary>
    public static ChangeBudget Unlimited { get; } = new(int.MaxValue, int.MaxValue);
}
