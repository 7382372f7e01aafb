using System.Collections.Immutable;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Load;

namespace Maestro.Telemetry.Simulator.Faults;

/// <summary>Takes commands to break things, and says what is broken now. Safe for several threads.</summary>
public sealed class FaultBoard(SimulatedFabric fabric, FabricLoad load, TimeProvider time)
{
    private const string ApplyCommand = "apply-maestro-security-groups-changes";

    private readonly Lock _gate = new();
    private readonly List<Standing> _standing = [];

    /// <summary>Raised to end the sessions of an Orchestrator; null for all.</summary>
    internal event Action<string?>? SessionsExpire;

    /// <summary>The faults that last.</summary>
    public ImmutableArray<Fault> Active
    {
        get
        {
            lock (_gate)
            {
                Prune();
                return [.. _standing.Select(s => s.Fault)];
            }
        }
    }

    /// <summary>Makes something go wrong.</summary>
    /// <returns>Null when it is so, else why it cannot be.</returns>
    public string? Inject(Fault fault)
    {
        if (fault.Seconds is <= 0 or double.NaN || fault.Count is <= 0 || !(fault.DelaySeconds is >= 0 and <= 3_600))
        {
            return "seconds and count must be above 0 where given, delaySeconds from 0 to 3600.";
        }

        if (fault.IsOfReplies)
        {
            return Stand(fault.Kind is FaultKind.ApplyLost or FaultKind.ApplyFails
                ? fault with { Command = ApplyCommand, Count = fault.Count ?? 1 }
                : fault);
        }

        if (fault.IsOfTelemetry)
        {
            return fabric.View().Find(fault.Serial ?? "") is null ? UnknownSerial(fault) : Stand(fault);
        }

        return Do(fault);
    }

    /// <summary>Ends every fault that lasts. What was deployed, staged or called stays.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _standing.Clear();
        }
    }

    /// <summary>The fault that hits this request, if one does; it counts as a hit.</summary>
    internal Fault? Take(string orchestrator, string command)
    {
        lock (_gate)
        {
            Prune();
            var found = _standing.Find(s => s.Fault.IsOfReplies
                && (s.Fault.Orchestrator is null || s.Fault.Orchestrator == orchestrator)
                && (s.Fault.Command is null || s.Fault.Command == command));
            if (found is { Left: > 0 })
            {
                found.Left--;
            }

            return found?.Fault;
        }
    }

    /// <summary>Whether a fault of telemetry holds for an SGM now.</summary>
    internal bool Holds(FaultKind kind, string serial)
    {
        lock (_gate)
        {
            Prune();
            return _standing.Exists(s => s.Fault.Kind == kind && s.Fault.Serial == serial);
        }
    }

    private static string UnknownSerial(Fault fault) =>
        $"serial is '{fault.Serial}', which the fabric does not have; give the serial number of an SGM.";

    private string? Stand(Fault fault)
    {
        var until = fault.Seconds is { } seconds
            ? time.GetUtcNow() + TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.MaxValue;
        lock (_gate)
        {
            _standing.Add(new(fault, until) { Left = fault.Count });
        }

        return null;
    }

    private string? Do(Fault fault)
    {
        var serial = fault.Serial ?? "";
        return fault.Kind switch
        {
            FaultKind.ExpireSessions => Expire(fault.Orchestrator),
            FaultKind.ForeignPending => fabric.Stage(serial, fault.Group),
            FaultKind.OutOfBand => fabric.DeployOutOfBand(serial, fault.Group),
            FaultKind.JoinFails => fabric.FailJoins(serial),
            FaultKind.JoinSucceeds => fabric.FailJoins(serial, fail: false),
            FaultKind.MemberLost => fabric.Break(serial, SgmState.Lost),
            FaultKind.MemberDown => fabric.Break(serial, SgmState.Down),
            FaultKind.MemberRevives => fabric.Revive(serial),
            FaultKind.FlashCrowd => Surge(fault),
            _ => $"kind is {fault.Kind}, which is not known.",
        };
    }

    private string? Expire(string? orchestrator)
    {
        SessionsExpire?.Invoke(orchestrator);
        return null;
    }

    private string? Surge(Fault fault)
    {
        if (fault.Seconds is not { } seconds)
        {
            return "seconds is missing; a flash crowd needs a duration.";
        }

        try
        {
            load.Add(new(fault.Group, time.GetUtcNow(), TimeSpan.FromSeconds(seconds), fault.Factor));
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    private void Prune()
    {
        var now = time.GetUtcNow();
        _standing.RemoveAll(s => s.Until <= now || s.Left == 0);
    }

    private sealed class Standing(Fault fault, DateTimeOffset until)
    {
        public Fault Fault { get; } = fault;

        public DateTimeOffset Until { get; } = until;

        public int? Left { get; set; }
    }
}
