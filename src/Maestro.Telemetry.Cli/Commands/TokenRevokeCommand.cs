using System.CommandLine;
using Maestro.Telemetry.Cli.Common;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Ends tokens.</summary>
internal static class TokenRevokeCommand
{
    public static Command Create()
    {
        var which = new Argument<string>("name") { Description = "A name, for all its tokens, or the id of one; `maestro token list` shows both" };
        var (config, data, json) = (ServerSettings.File(), ServerSettings.Data(), SharedOptions.Json());
        var command = new Command("revoke", "End tokens; a running server ends what they have open") { which, config, data, json };
        command.SetAction((parsed, cancellationToken) => TokenCommand.RunAsync(
            parsed.GetValue(config),
            parsed.GetValue(data),
            async file =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var name = parsed.GetValue(which)!;
                var revoked = await file.RevokeAsync(name, cancellationToken);
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(TokenView.ToJson(revoked, now));
                }
                else if (revoked.Count > 0)
                {
                    Console.WriteLine($"Revoked: {string.Join(", ", revoked.Select(t => $"{t.Id} of {t.Name}"))}.");
                }

                if (revoked.Count == 0)
                {
                    await Console.Error.WriteLineAsync(
                        $"No active token has the name or id '{name}'; `maestro token list` shows those in {file.Path}.");
                    return ExitCodes.Failed;
                }

                return ExitCodes.Ok;
            }));
        return command;
    }
}
