using System.Collections.Concurrent;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Which services are mapped.</summary>
internal sealed class ServiceRegistry
{
    private readonly ConcurrentDictionary<string, Type> _services = [];
    private int _unimplementedMapped;

    /// <summary>Full names of the services, in no order.</summary>
    public IReadOnlyDictionary<string, Type> Services => _services;

    public void Add(string serviceName, Type serviceType) => _services.TryAdd(serviceName, serviceType);

    public bool ClaimUnimplemented() => Interlocked.Exchange(ref _unimplementedMapped, 1) == 0;
}
