using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Finds and calls the generated method that lists a service's methods.</summary>
internal static class ServiceBinding
{
    public static void Bind(Type serviceType, ServiceBinderBase binder)
    {
        for (var type = serviceType; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is not { } attribute)
            {
                continue;
            }

            var bind = attribute.BindType.GetMethod(
                attribute.BindMethodName,
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic,
                [typeof(ServiceBinderBase), type])
                ?? throw new InvalidOperationException(
                    $"{attribute.BindType}.{attribute.BindMethodName} for {type} does not exist.");
            bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [binder, null], null);
            return;
        }

        throw new InvalidOperationException($"{serviceType} does not derive from a generated gRPC service base.");
    }

    /// <summary>The handler of a method as a delegate that takes the service's instance first.</summary>
    public static TDelegate Handler<TDelegate>(Type serviceType, string methodName)
        where TDelegate : Delegate
    {
        Type[] parameters =
            [.. typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Skip(1).Select(p => p.ParameterType)];
        var method = serviceType.GetMethod(methodName, BindingFlags.Instance | BindingFlags.Public, parameters)
            ?? throw new InvalidOperationException(
                $"{serviceType} has no handler {methodName} of the generated shape.");
        return method.CreateDelegate<TDelegate>();
    }
}
