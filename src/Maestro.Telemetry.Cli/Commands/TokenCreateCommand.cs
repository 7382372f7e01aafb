using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Server.Access;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Makes a token and shows it once.</summary>
internal static class TokenCreateCommand
{
    private const int LongestName = 128;
    private const int LongestSerial = 128;

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Whose it is, for the audit; 1 to 128 characters without a colon" };
        var role = new Option<CallerRole>("--role") { Description = "What it may do", HelpName = "viewer|operator|agent", Required = true };
        var serials = new Option<string[]>("--serial")
        {
            Description = "SGM that an agent may report samples of; may be given more than once. * is every SGM",
            HelpName = "serial",
            DefaultValueFactory = _ => [],
        };
        var expires = Durations.Option("--expires", "Ends by itself after this long, for example 90d; the default is never");
        var (config, data, json) = (ServerSettings.File(), ServerSettings.Data(), SharedOptions.Json());
        var command = new Command("create", "Make a token; it is shown once")
        {
            name, role, serials, expires, config, data, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Request(
                parsed.GetValue(name)!, parsed.GetValue(role), parsed.GetValue(serials)!, parsed.GetValue(expires), parsed.GetValue(json)),
            parsed.GetValue(config),
            parsed.GetValue(data),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Request request, FileInfo? config, string? data, CancellationToken cancellationToken)
    {
        if (Problem(request) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return ExitCodes.Usage;
        }

        return await TokenCommand.RunAsync(config, data, async file =>
        {
            var (token, secret) = await file.CreateAsync(
                request.Name, request.Role, request.Serials, request.Lifetime, cancellationToken);
            if (request.Json)
            {
                Console.WriteLine(TokenView.ToJson(token, TimeProvider.System.GetUtcNow(), secret));
                return ExitCodes.Ok;
            }

            // The secret alone goes to standard output, so that it can be sent into a file.
            Console.WriteLine(secret);
            await Console.Error.WriteLineAsync(
                $"Token {token.Id} of {token.Name} in {file.Path}; it is not shown again.");
            return ExitCodes.Ok;
        });
    }

    private static string? Problem(Request request)
    {
        if (request.Name.Length is < 1 or > LongestName || request.Name.Contains(':', StringComparison.Ordinal)
            || request.Name.Any(char.IsControl))
        {
            return $"name is '{request.Name}'; it must have 1 to {LongestName} characters and no colon.";
        }

        if (request.Role is CallerRole.Agent && request.Serials.Length == 0)
        {
            return "--serial is not given; name the SGMs that the agent may report samples of, or '*' for every one.";
        }

        if (request.Role is not CallerRole.Agent && request.Serials.Length > 0)
        {
            return $"--serial is '{request.Serials[0]}'; only an agent reports samples: leave it out, or use --role agent.";
        }

        return request.Serials.FirstOrDefault(s => string.IsNullOrWhiteSpace(s) || s.Length > LongestSerial) is { } wrong
            ? $"--serial is '{wrong}'; it must be a serial number of at most {LongestSerial} characters, or '*'."
            : null;
    }

    private sealed record Request(string Name, CallerRole Role, string[] Serials, TimeSpan? Lifetime, bool Json);
}
