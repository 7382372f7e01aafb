namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>Many series fitted on all cores.</summary>
/// <param name="HeldMb">What the fitted models hold, MiB.</param>
/// <param name="PeakMb">The most the process had resident so far, with the recorded series, MiB.</param>
internal sealed record RefitResult(int Series, int Jobs, double Seconds, double HeldMb, double PeakMb);
