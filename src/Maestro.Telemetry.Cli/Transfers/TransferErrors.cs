using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>What may go wrong with stores and files, with the sentence and the exit code for it.</summary>
internal static class TransferErrors
{
    public static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e
            is StoreUnavailableException or PointRefusedException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCodes.Failed;
        }
    }
}
