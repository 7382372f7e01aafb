namespace Maestro.Telemetry.Server.Access;

/// <summary>The file of the tokens.</summary>
internal sealed class TokenDocument
{
    public IReadOnlyList<AccessToken> Tokens { get; set; } = [];
}
