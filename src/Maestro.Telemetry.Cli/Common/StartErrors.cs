using Microsoft.AspNetCore.Connections;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>Why the service could not start, with what to do about it.</summary>
internal static class StartErrors
{
    public static string Describe(Exception error) => error is IOException { InnerException: AddressInUseException }
        ? $"{error.Message} Stop what listens there, or choose other addresses with --grpc and --console."
        : error.Message;
}
