using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;
using Status = Grpc.Core.Status;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>The native receiver: thin, because all it does is to check, to queue and to answer.</summary>
internal sealed partial class TelemetryCollectorService(
    StreamAdmission admission,
    StreamRegistry registry,
    BatchAssembler assembler,
    IngestQueue queue,
    IOptions<IngestOptions> options,
    ILogger<TelemetryCollectorService> logger) : CollectorServiceBase
{
    public override async Task Stream(
        IAsyncStreamReader<ReceivedRequest> requestStream,
        IServerStreamWriter<StreamResponse> responseStream,
        ServerCallContext context)
    {
        var first = await requestStream.MoveNext(context.CancellationToken) ? requestStream.Current.Hello : null;
        var sender = admission.Admit(first, context.GetHttpContext().Caller);
        using var registration = Register(sender);
        admission.Learn(first!);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, registration.Superseded);
        LogOpened(sender.Serial.Value, sender.Agent);
        try
        {
            await responseStream.WriteAsync(Welcome(sender), ended.Token);
            var session = new StreamSession(sender, assembler, queue, options.Value);
            await session.RunAsync(requestStream, responseStream, ended.Token);
        }
        catch (OperationCanceledException) when (registration.Superseded.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Aborted, "The same agent has opened a newer stream."));
        }
        finally
        {
            LogClosed(sender.Serial.Value, sender.Agent);
        }
    }

    public override async Task<ExportResponse> Export(ExportRequest request, ServerCallContext context)
    {
        var sender = admission.Admit(request.Hello, context.GetHttpContext().Caller);
        if (registry.FindOther(sender.Serial.Value, sender.Agent) is { } other)
        {
            throw Duplicate(sender, other);
        }

        admission.Learn(request.Hello);
        var assembled = assembler.Assemble(sender, ReceivedBatch.Of(request.Batch ?? new Batch()));
        var committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.TryEnqueue(new IngestItem(assembled.Batch, committed.SetResult)))
        {
            assembler.TakeBack(assembled);
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, "The collector has no room for more samples now; send again later."));
        }

        await committed.Task.WaitAsync(context.CancellationToken);
        var response = new ExportResponse { AcceptedRows = (uint)(assembled.Batch?.Rows ?? 0) };
        response.Refusals.AddRange(assembled.Refusals);
        response.UnknownColumns.AddRange(sender.Columns.Unknown);
        return response;
    }

    private StreamRegistry.Registration Register(SenderProfile sender)
    {
        var (registration, refusal, other) = registry.TryOpen(sender.Serial.Value, sender.Agent);
        return refusal switch
        {
            RegistryRefusal.None => registration!,
            RegistryRefusal.DuplicateSerial => throw Duplicate(sender, other!),
            _ => throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"{options.Value.MaxStreams} streams are open, as many as Maestro:Ingest:MaxStreams allows.")),
        };
    }

    private static RpcException Duplicate(SenderProfile sender, string other) => new(new Status(
        StatusCode.AlreadyExists,
        $"SGM {sender.Serial} is already streamed by agent '{other}'; stop one of the two."));

    private StreamResponse Welcome(SenderProfile sender)
    {
        var welcome = new Welcome
        {
            FlowHint = new FlowHint
            {
                WindowBatches = (uint)options.Value.WindowBatches,
                MaxBatchRows = (uint)options.Value.MaxBatchRows,
            },
        };
        welcome.UnknownColumns.AddRange(sender.Columns.Unknown);
        return new StreamResponse { Welcome = welcome };
    }

    [LoggerMessage(1101, LogLevel.Debug, "SGM {Serial} is streamed by agent {Agent}")]
    private partial void LogOpened(string serial, string agent);

    [LoggerMessage(1102, LogLevel.Debug, "The stream of SGM {Serial} by agent {Agent} has ended")]
    private partial void LogClosed(string serial, string agent);
}
