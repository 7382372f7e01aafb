using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>Lists the interceptors that call credentials consist of.</summary>
internal sealed class CallCredentialsCollector : CallCredentialsConfiguratorBase
{
    public List<AsyncAuthInterceptor> Interceptors { get; } = [];

    public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
    {
        foreach (var one in credentials)
        {
            one.InternalPopulateConfiguration(this, null);
        }
    }

    public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) =>
        Interceptors.Add(interceptor);
}
