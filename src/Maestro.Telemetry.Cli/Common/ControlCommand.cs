using System.CommandLine;
using System.Security.Authentication;
using Google.Protobuf;
using Grpc.Core;
using Maestro.Telemetry.Protocol.Connecting;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;
using StatusCode = Grpc.Core.StatusCode;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>A command that asks a running server: the call, its errors, and the two ways to print the answer.</summary>
internal static class ControlCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    /// <summary>Makes a command that asks and prints.</summary>
    /// <param name="ask">The call.</param>
    /// <param name="print">The answer as text.</param>
    /// <param name="judge">What the answer makes of the exit code; null for 0.</param>
    /// <param name="lesson">What its help teaches beside the options.</param>
    /// <param name="patience">How long an answer may take; null for 20 s.</param>
    public static System.CommandLine.Command Create<TAnswer>(
        string name,
        string description,
        IReadOnlyList<Symbol> symbols,
        Func<AutoscalerControl.AutoscalerControlClient, ParseResult, CallOptions, AsyncUnaryCall<TAnswer>> ask,
        Action<IAnsiConsole, TAnswer> print,
        Func<ParseResult, TAnswer, int>? judge = null,
        string? lesson = null,
        TimeSpan? patience = null)
        where TAnswer : class, IMessage
    {
        var connection = new ConnectionArguments();
        var json = SharedOptions.Json();
        var command = lesson is null
            ? new System.CommandLine.Command(name, description)
            : new TaughtCommand(name, description, lesson);
        connection.AddTo(command);
        command.Add(json);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(
            connection.Read(parsed),
            parsed.GetValue(json),
            (client, options) => ask(client, parsed, options),
            print,
            answer => judge?.Invoke(parsed, answer) ?? ExitCodes.Ok,
            patience ?? Patience,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync<TAnswer>(
        ServerConnectionOptions server,
        bool json,
        Func<AutoscalerControl.AutoscalerControlClient, CallOptions, AsyncUnaryCall<TAnswer>> ask,
        Action<IAnsiConsole, TAnswer> print,
        Func<TAnswer, int> judge,
        TimeSpan patience,
        CancellationToken cancellationToken)
        where TAnswer : class, IMessage
    {
        if (ConnectionArguments.Check(server) is [_, ..] errors)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, errors));
            return ExitCodes.Usage;
        }

        var address = new Uri(server.Address);
        using var channel = ServerConnection.Open(server);
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + patience;
            var call = ask(
                new AutoscalerControl.AutoscalerControlClient(channel),
                new CallOptions(deadline: deadline, cancellationToken: cancellationToken));
            var answer = await call.ResponseAsync;
            if (json)
            {
                Console.WriteLine(Formatter.Format(answer));
            }
            else
            {
                print(Terminal.Out, answer);
            }

            return judge(answer);
        }
        catch (RpcException e) when (Untrusted(e))
        {
            await Console.Error.WriteLineAsync(
                $"The certificate of {address} is not trusted; give the authority that has signed it with --ca FILE.");
            return ExitCodes.Unreachable;
        }
        catch (RpcException e) when (
            e.StatusCode is StatusCode.Unavailable && (e.Status.DebugException is not null || e.Status.Detail.Length == 0))
        {
            // What breaks below the call comes with its exception; what a server says comes with words alone.
            await Console.Error.WriteLineAsync(
                $"No server answers at {address}; start one with `maestro serve`, or name it with --server.");
            return ExitCodes.Unreachable;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.DeadlineExceeded)
        {
            await Console.Error.WriteLineAsync(
                $"The server at {address} has not answered within {patience.TotalSeconds:0} s; see its log, and try again.");
            return ExitCodes.Failed;
        }
        catch (RpcException e)
        {
            await Console.Error.WriteLineAsync(e.Status.Detail);
            return e.StatusCode is StatusCode.InvalidArgument ? ExitCodes.Usage : ExitCodes.Failed;
        }
    }

    private static bool Untrusted(RpcException error)
    {
        for (var cause = error.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }
}
