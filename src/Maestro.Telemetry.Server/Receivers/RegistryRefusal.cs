namespace Maestro.Telemetry.Server.Receivers;

/// <summary>Why a stream was not opened.</summary>
internal enum RegistryRefusal
{
    None,
    DuplicateSerial,
    TooManyStreams,
}
