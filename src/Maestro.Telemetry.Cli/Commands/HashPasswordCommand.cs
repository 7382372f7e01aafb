using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Server.Access;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Turns a password into what the configuration keeps of it.</summary>
internal static class HashPasswordCommand
{
    private const int Shortest = 12;

    public static Command Create()
    {
        var command = new Command(
            "hash-password", "Read a password from standard input and print its hash for Maestro:Access:Users");
        command.SetAction(async (_, cancellationToken) =>
        {
            var password = await Console.In.ReadLineAsync(cancellationToken) ?? "";
            if (password.Length < Shortest)
            {
                await Console.Error.WriteLineAsync(
                    $"The password has {password.Length} characters; give {Shortest} or more on standard input.");
                return ExitCodes.Usage;
            }

            Console.WriteLine(PasswordHash.Create(password).ToString());
            return ExitCodes.Ok;
        });
        return command;
    }
}
