using System.Reflection;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>A ledger whose disk is gone: whatever it is asked, it says that.</summary>
public class BrokenLedger : DispatchProxy
{
    public const string Reason = "The disk of the ledger is gone; mount it again.";

    public static ILedger Create() => Create<ILedger, BrokenLedger>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new StoreUnavailableException(Reason);
}
