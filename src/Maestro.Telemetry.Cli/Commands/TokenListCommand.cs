using System.CommandLine;
using Maestro.Telemetry.Cli.Common;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Lists tokens, without their secrets, which nobody has.</summary>
internal static class TokenListCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Also those that are revoked or over" };
        var (config, data, json) = (ServerSettings.File(), ServerSettings.Data(), SharedOptions.Json());
        var command = new Command("list", "List the tokens") { all, config, data, json };
        command.SetAction((parsed, _) => TokenCommand.RunAsync(parsed.GetValue(config), parsed.GetValue(data), file =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var tokens = file.Read()
                .Where(t => parsed.GetValue(all) || t.StateAt(now) is Server.Access.TokenState.Active)
                .OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Created)
                .ToList();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(TokenView.ToJson(tokens, now));
            }
            else
            {
                TokenView.Print(Terminal.Out, tokens, now, file.Path);
            }

            return Task.FromResult(ExitCodes.Ok);
        }));
        return command;
    }
}
