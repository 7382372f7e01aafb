namespace Maestro.Telemetry.Cli.Common;

/// <summary>Reports the share of one part of several as a share of the whole.</summary>
internal sealed class PartOfProgress : IProgress<double>
{
    private readonly IProgress<double> _whole;
    private readonly double _from;
    private readonly double _width;

    private PartOfProgress(IProgress<double> whole, double from, double width) =>
        (_whole, _from, _width) = (whole, from, width);

    /// <summary>The part with a number, counted from 0, of so many that are alike; null when nobody is told.</summary>
    public static PartOfProgress? Of(IProgress<double>? whole, int part, int parts) =>
        whole is null ? null : new(whole, (double)part / parts, 1.0 / parts);

    /// <summary>From one share of the whole to another; null when nobody is told.</summary>
    public static PartOfProgress? Between(IProgress<double>? whole, double from, double to) =>
        whole is null ? null : new(whole, from, to - from);

    public void Report(double value) => _whole.Report(_from + (_width * value));
}
