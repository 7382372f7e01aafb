using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>The control API: thin, because the queries and the operator's actions are the same for every door.</summary>
internal sealed class AutoscalerControlService(
    StatusBuilder status,
    ControlQueries queries,
    ExplainQuery explains,
    FabricCheckQuery checks,
    UpgradeQuery upgrades,
    RunwayQuery runways,
    OperatorActions actions,
    TimeProvider time,
    IOptions<AutoscalerOptions> options)
    : Wire.AutoscalerControl.AutoscalerControlBase
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(366);
    private static readonly TimeSpan LongestUpgrade = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestBatch = TimeSpan.FromDays(1);
    private const int LargestBatch = 28;
    private const int MostFailures = 14;

    public override Task<Wire.Status> GetStatus(Wire.GetStatusRequest request, ServerCallContext context) =>
        status.BuildAsync(context.CancellationToken);

    public override async Task WatchStatus(
        Wire.WatchStatusRequest request, IServerStreamWriter<Wire.Status> responseStream, ServerCallContext context)
    {
        var wanted = Span("interval", request.Interval) ?? TimeSpan.FromSeconds(1);
        var interval = TimeSpan.FromTicks(Math.Clamp(wanted.Ticks, ShortestInterval.Ticks, LongestInterval.Ticks));
        while (true)
        {
            await responseStream.WriteAsync(await status.BuildAsync(context.CancellationToken));

            // Real time: whoever looks lives in it, also when the fabric's clock runs faster.
            await Task.Delay(interval, TimeProvider.System, context.CancellationToken);
        }
    }

    public override async Task<Wire.Forecast> GetForecast(
        Wire.GetForecastRequest request, ServerCallContext context)
    {
        var wanted = request.Resource.Length == 0 ? Resource.CpuWork : ResourceNames.Find(request.Resource);
        if (wanted is not { } resource)
        {
            throw Invalid($"resource is '{request.Resource}'; it must be one of {string.Join(", ", ResourceNames.All)}.");
        }

        return await queries.GetForecastAsync(request.Group, resource, context.CancellationToken)
            ?? throw NotFound($"Group {request.Group} has no forecast yet; "
                + $"the first one comes within {options.Value.ForecastEvery} of the first samples.");
    }

    public override async Task<Wire.ListDecisionsResponse> ListDecisions(
        Wire.ListDecisionsRequest request, ServerCallContext context) =>
        await queries.ListDecisionsAsync(
            request.Group,
            Moment("before", request.Before),
            request.Limit,
            context.CancellationToken);

    public override async Task<Wire.Explanation> Explain(Wire.ExplainRequest request, ServerCallContext context)
    {
        DateTimeOffset? at = request.At is null ? null : Moment("at", request.At);
        if (at is null && request.When.Length > 0)
        {
            at = PastTime.TryParse(request.When, time.GetUtcNow(), out var moment)
                ? moment
                : throw Invalid($"when is '{request.When}'; write it like {PastTime.Forms}.");
        }

        return await explains.ExplainAsync(request.Group, at, context.CancellationToken)
            ?? throw NotFound(await explains.WhyNothingAsync(request.Group, at, context.CancellationToken));
    }

    public override Task<Wire.PlanResponse> Plan(Wire.PlanRequest request, ServerCallContext context) =>
        queries.PlanAsync(context.CancellationToken);

    public override Task<Wire.CheckResponse> Check(Wire.CheckRequest request, ServerCallContext context) =>
        Task.FromResult(checks.Run());

    public override async Task<Wire.UpgradePlan> PlanUpgrade(Wire.PlanUpgradeRequest request, ServerCallContext context)
    {
        if (request.Group == 0 == (request.Orchestrator.Length == 0))
        {
            throw Invalid("group and orchestrator: one of them must be set, and not both.");
        }

        if (request.Batch is < 0 or > LargestBatch)
        {
            throw Invalid($"batch is {request.Batch}; it must be from 1 to {LargestBatch}, or absent for one by one.");
        }

        if (request is { HasFailures: true, Failures: < 0 or > MostFailures })
        {
            throw Invalid($"failures is {request.Failures}; it must be from 0 to {MostFailures}.");
        }

        var wanted = new UpgradeWish(
            Math.Max(1, request.Batch),
            Within("batch_time", request.BatchTime, TimeSpan.FromMinutes(30), LongestBatch),
            Within("within", request.Within, TimeSpan.FromHours(48), LongestUpgrade),
            request.HasFailures ? request.Failures : null,
            !request.AcceptSiteLoss,
            request.Release.Length == 0 ? null : new Release(request.Release));
        return await (request.Group == 0
                ? upgrades.OfOrchestratorAsync(request.Orchestrator, wanted, context.CancellationToken)
                : upgrades.OfGroupAsync(new(request.Group), wanted, context.CancellationToken))
            ?? throw NotFound(request.Group == 0
                ? $"The fabric has no Orchestrator {request.Orchestrator}; it has {upgrades.KnownOrchestrators}."
                : $"The fabric has no Security Group {request.Group}; it has {upgrades.KnownGroups}.");
    }

    public override async Task<Wire.RunwayResponse> GetRunway(Wire.GetRunwayRequest request, ServerCallContext context) =>
        await runways.RunAsync(request.Group, context.CancellationToken)
        ?? throw NotFound($"Group {request.Group} is not in the fabric, or has no policy in Maestro:Fabric:Groups.");

    public override async Task<Wire.ListCommandsResponse> ListCommands(
        Wire.ListCommandsRequest request, ServerCallContext context) =>
        await queries.ListCommandsAsync(request.Limit, context.CancellationToken);

    public override async Task<Wire.Command> Approve(Wire.ApproveRequest request, ServerCallContext context) =>
        Answer(await actions.ApproveAsync(request.CommandId, Actor(request.Actor, context), context.CancellationToken));

    public override async Task<Wire.Command> Reject(Wire.RejectRequest request, ServerCallContext context) =>
        Answer(await actions.RejectAsync(
            request.CommandId, Actor(request.Actor, context), request.Reason, context.CancellationToken));

    public override async Task<Wire.PauseState> Pause(Wire.PauseRequest request, ServerCallContext context)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw Invalid("reason is not set; say why, for those who find the pause later.");
        }

        var duration = Span("duration", request.Duration);
        if (duration is { } given && (given <= TimeSpan.Zero || given > LongestPause))
        {
            throw Invalid($"duration is {duration}; it must be above zero and at most {LongestPause.Days} days, "
                + "or absent for a pause without end.");
        }

        return WireMapping.ToWire(await actions.PauseAsync(
            Scope(request.Group, request.Site, request.Direction),
            Actor(request.Actor, context),
            request.Reason,
            duration,
            context.CancellationToken));
    }

    public override async Task<Wire.PauseState> Resume(Wire.ResumeRequest request, ServerCallContext context)
    {
        var scope = Scope(request.Group, request.Site, request.Direction);
        var (ended, pauses) = await actions.ResumeAsync(scope, Actor(request.Actor, context), context.CancellationToken);
        return ended ? WireMapping.ToWire(pauses) : throw NotFound(NothingToResume(scope));
    }

    private static string NothingToResume(PauseScope scope)
    {
        var direction = scope.Direction switch
        {
            PauseDirection.Out => " for adds alone",
            PauseDirection.In => " for removals alone",
            _ => "",
        };
        return scope switch
        {
            { Group: { } group } => $"Group {group} is not paused{direction}.",
            { Site: { } site } => $"Site {site} is not paused{direction}.",
            _ => $"Nothing is paused as a whole{direction}.",
        };
    }

    private static PauseScope Scope(int group, int site, Wire.PauseDirection direction)
    {
        if (group < 0 || site < 0)
        {
            throw Invalid($"group is {group} and site is {site}; they must be numbers, or 0 for all.");
        }

        if (group != 0 && site != 0)
        {
            throw Invalid($"group is {group} and site is {site}; a pause is for a group, a site or everything.");
        }

        return System.Enum.IsDefined((PauseDirection)direction)
            ? new(
                group == 0 ? null : new SecurityGroupId(group),
                site == 0 ? null : new SiteId(site),
                (PauseDirection)direction)
            : throw Invalid($"direction is {(int)direction}; it must be 0 for both, 1 for out or 2 for in.");
    }

    private static Wire.Command Answer(OperatorAnswer answer) => answer.Command is { } command && answer.Problem is null
        ? WireMapping.ToWire(command)
        : throw new RpcException(new Status(
            answer.Command is null ? StatusCode.NotFound : StatusCode.FailedPrecondition, answer.Problem ?? ""));

    // Who has shown who it is acts under that name, whatever else it says of itself.
    private static string Actor(string stated, ServerCallContext context) =>
        context.GetHttpContext().Caller is var caller && caller != Caller.Local ? caller.Name
        : string.IsNullOrWhiteSpace(stated) ? throw Invalid("actor is not set; say who you are.")
        : stated;

    private DateTimeOffset Moment(string field, Timestamp? value)
    {
        try
        {
            return value?.ToDateTimeOffset() ?? time.GetUtcNow();
        }
        catch (InvalidOperationException)
        {
            throw Invalid($"{field} is {value}; it must be a time of the years 1 to 9999.");
        }
    }

    private static TimeSpan? Span(string field, Duration? value)
    {
        try
        {
            return value?.ToTimeSpan();
        }
        catch (InvalidOperationException)
        {
            throw Invalid($"{field} is {value}; it must be a valid google.protobuf.Duration.");
        }
    }

    private static TimeSpan Within(string field, Duration? value, TimeSpan usual, TimeSpan longest)
    {
        var span = Span(field, value) ?? usual;
        return span > TimeSpan.Zero && span <= longest
            ? span
            : throw Invalid($"{field} is {span}; it must be above zero and at most {longest.TotalHours} hours.");
    }

    private static RpcException Invalid(string message) => new(new Status(StatusCode.InvalidArgument, message));

    private static RpcException NotFound(string message) => new(new Status(StatusCode.NotFound, message));
}
