namespace Maestro.Telemetry.Forecasting;

/// <summary>A fitted model, or why there is none. Exactly one of the two is null.</summary>
public sealed record FitResult
{
    private FitResult(IFittedModel? model, string? refusal)
    {
        Model = model;
        Refusal = refusal;
    }

    public IFittedModel? Model { get; }

    /// <summary>Why the series was refused, as a sentence.</summary>
    public string? Refusal { get; }

    public static FitResult Of(IFittedModel model) => new(model, null);

    public static FitResult Refused(string reason) => new(null, reason);
}
