namespace Maestro.Telemetry.Forecasting;

/// <summary>What a <see cref="FallbackChain"/> came to for one series.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Model">The fitted model; null when none took the series.</param>
/// <param name="Reason">Which model, and why those before it did not, as a sentence.</param>
public sealed record ChainResult(FitStatus Status, IFittedModel? Model, string Reason);
