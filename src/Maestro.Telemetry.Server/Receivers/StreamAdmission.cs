using Grpc.Core;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Ingest;
using Gateway = Maestro.Telemetry.Fabric.Gateway;
using Reason = Maestro.Telemetry.Series.RefusalReason;
using Status = Grpc.Core.Status;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>Checks a Hello and answers who the sender is; an error status says what is wrong with which field.</summary>
internal sealed class StreamAdmission(
    FabricState fabric, LearnedFabric learned, RowCounters counters, IOptions<IngestOptions> options)
{
    private const int MaxNameLength = 128;
    private const int MaxColumns = 1_024;
    private const int MaxGroup = 1_000;

    /// <summary>Checks and changes nothing: whether the sender is let in is known when nobody else holds its serial.</summary>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT: a field of the Hello cannot be used. PERMISSION_DENIED: the caller may not report samples of this
    /// SGM. UNAVAILABLE: the fabric is not known yet.
    /// </exception>
    public SenderProfile Admit(Hello? hello, Caller caller)
    {
        if (hello is null)
        {
            throw Invalid("The first message must be a Hello.");
        }

        CheckName("agent_id", hello.AgentId);
        CheckName("serial", hello.Serial);
        CheckPermission(caller, hello.Serial);
        if (hello.SecurityGroup is < 0 or > MaxGroup)
        {
            throw Invalid($"security_group is {hello.SecurityGroup}; it must be from 1 to {MaxGroup}, or 0 for none.");
        }

        if (hello.Columns.Count > MaxColumns)
        {
            throw Invalid($"columns has {hello.Columns.Count} entries; it must have at most {MaxColumns}.");
        }

        if (ColumnMap.TryCreate(hello.Columns, out var columns) is { } error)
        {
            throw Invalid(error);
        }

        counters.CountUnknownColumns(columns.Unknown.Length);
        if (!learned.Enabled && !fabric.IsKnown)
        {
            // Nobody can say yet whose samples these are: the sender keeps them and comes back.
            throw new RpcException(new Status(
                StatusCode.Unavailable, "The fabric has not been read yet; come back in a moment."));
        }

        var rules = new SampleRules(columns.Rules(), options.Value.MaxSampleAge, options.Value.MaxSampleLead);
        return new SenderProfile(hello.AgentId, new GatewaySerial(hello.Serial), hello.Site, columns, rules);
    }

    /// <summary>The sender was let in: without Orchestrators, what it says of itself is the fabric.</summary>
    public void Learn(Hello hello) => learned.Learn(hello);

    /// <summary>Where the fabric has the sender now; what is wrong with it in a sentence when it may not send.</summary>
    public (Gateway? Gateway, (Reason Reason, string Sentence)? Refusal) Locate(SenderProfile sender)
    {
        var gateway = fabric.Current.Find(sender.Serial);
        if (gateway is null)
        {
            return (null, (Reason.UnknownSerial,
                $"serial {sender.Serial} is not an SGM of this fabric; check the serial number, or the Orchestrators."));
        }

        if (sender.Site != 0 && gateway.Site.Value != sender.Site)
        {
            return (gateway, (Reason.WrongSite,
                $"site is {sender.Site}, but SGM {sender.Serial} is cabled to site {gateway.Site}; correct the agent's site."));
        }

        return (gateway, null);
    }

    private void CheckPermission(Caller caller, string serial)
    {
        if (!caller.Serials.Allows(new GatewaySerial(serial)))
        {
            // Before anything is learned or held for this serial: a stranger must not even take its place.
            counters.CountStreamRefused("not_permitted");
            throw new RpcException(new Status(
                StatusCode.PermissionDenied,
                $"'{caller.Name}' may not report samples of serial {serial}; give the agent a token that may, made with "
                + $"`maestro token create NAME --role agent --serial {serial}`."));
        }
    }

    private static void CheckName(string field, string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > MaxNameLength)
        {
            throw Invalid($"{field} has {value.Length} characters; it must have from 1 to {MaxNameLength}.");
        }
    }

    private static RpcException Invalid(string message) => new(new Status(StatusCode.InvalidArgument, message));
}
