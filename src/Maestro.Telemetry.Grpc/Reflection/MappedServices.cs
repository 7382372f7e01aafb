using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Internal;
using Grpc.Core;

namespace Grpc.Reflection.Internal;

/// <summary>The descriptors of the services that are mapped.</summary>
internal static class MappedServices
{
    public static IEnumerable<ServiceDescriptor> Describe(ServiceRegistry registry)
    {
        foreach (var type in registry.Services.Values.Distinct())
        {
            // A service whose code was not generated from a .proto file has no descriptor to tell of.
            var binding = type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true);
            if (binding?.BindType.GetProperty("Descriptor", BindingFlags.Static | BindingFlags.Public)?.GetValue(null)
                is ServiceDescriptor descriptor)
            {
                yield return descriptor;
            }
        }
    }
}
