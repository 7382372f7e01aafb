namespace Maestro.Telemetry.Gaia;

/// <summary>One thing wrong with the configuration.</summary>
/// <param name="Key">The full key.</param>
/// <param name="Value">What it is set to; never a secret.</param>
/// <param name="Remedy">What is wrong and what to do, in a sentence.</param>
public sealed record GaiaOptionsError(string Key, string Value, string Remedy)
{
    public override string ToString() => $"{Key} = '{Value}': {Remedy}";
}
