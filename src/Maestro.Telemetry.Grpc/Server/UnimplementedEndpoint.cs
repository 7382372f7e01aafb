using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Answers gRPC calls to what is not there; other requests pass by.</summary>
internal static class UnimplementedEndpoint
{
    public static void MapOnce(IEndpointRouteBuilder builder, ServiceRegistry registry)
    {
        var options = builder.ServiceProvider.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        if (options.IgnoreUnknownServices == true || !registry.ClaimUnimplemented())
        {
            return;
        }

        var pattern = RoutePatternFactory.Parse(
            "{grpcService}/{grpcMethod}", defaults: null, parameterPolicies: new { grpcMethod = new GrpcConstraint() });
        var endpoint = builder.Map(pattern, context => AnswerAsync(context, registry));
        endpoint.Add(b =>
        {
            b.DisplayName = "gRPC - unimplemented";
            b.Metadata.Add(new HttpMethodMetadata([HttpMethods.Post]));
        });
    }

    private static Task AnswerAsync(HttpContext http, ServiceRegistry registry)
    {
        if (Preconditions.Met(http))
        {
            var service = (string)http.Request.RouteValues["grpcService"]!;
            var method = (string)http.Request.RouteValues["grpcMethod"]!;
            StatusWriter.WriteHeaders(http.Response, new Status(
                StatusCode.Unimplemented,
                registry.Services.ContainsKey(service)
                    ? $"Service {service} has no method {method}."
                    : $"Service {service} is unknown here."));
        }

        return Task.CompletedTask;
    }

    private sealed class GrpcConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext,
            IRouter? route,
            string routeKey,
            RouteValueDictionary values,
            RouteDirection direction) =>
            GrpcProtocol.IsGrpcContentType(httpContext?.Request.ContentType);
    }
}
