using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Server.Access;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Makes, lists and revokes the tokens in a server's data directory.</summary>
internal static class TokenCommand
{
    private const string Lesson = """
        A token says who calls and what that caller may do:

          viewer    reads status, console and metrics
          operator  also approves, rejects, pauses and resumes
          agent     reports samples of the SGMs that are named, and nothing else

        The commands work on the data directory; a server that runs on it takes changes over within seconds, and ends
        what a revoked token has open. Run them as the user that the server runs as. Only a hash of a token is kept: it
        is shown once, when it is made.

        Give it to programs in a file (--token-file, MAESTRO_TOKEN_FILE) or in the variable MAESTRO_TOKEN, to senders as
        `Authorization: Bearer TOKEN`, and where only Basic authentication is possible as the password of its name.

        Examples:
          maestro token create grafana --role viewer
          maestro token create sgm-2108BA1058 --role agent --serial 2108BA1058 --expires 90d > agent.token
          maestro token list
          maestro token revoke sgm-2108BA1058
        """;

    public static Command Create()
    {
        var command = new TaughtCommand("token", "Make, list and revoke access tokens of a server", Lesson)
        {
            TokenCreateCommand.Create(), TokenListCommand.Create(), TokenRevokeCommand.Create(), HashPasswordCommand.Create(),
        };
        return command;
    }

    /// <summary>Finds the tokens, works on them, and tells what does not work.</summary>
    public static async Task<int> RunAsync(FileInfo? config, string? data, Func<TokenFile, Task<int>> work)
    {
        try
        {
            return await work(new TokenFile(ServerSettings.DataDirectory(config, data), TimeProvider.System));
        }
        catch (InvalidDataException e)
        {
            await Console.Error.WriteLineAsync(ServerSettings.NotJson(config, e));
            return ExitCodes.Usage;
        }
        catch (TokenFileException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
    }
}
