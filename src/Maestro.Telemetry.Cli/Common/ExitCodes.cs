namespace Maestro.Telemetry.Cli.Common;

/// <summary>What the process ends with; part of the interface for scripts.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It was asked right and did not work.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong; all errors are told.</summary>
    public const int Usage = 2;

    /// <summary>No server answers.</summary>
    public const int Unreachable = 3;
}
