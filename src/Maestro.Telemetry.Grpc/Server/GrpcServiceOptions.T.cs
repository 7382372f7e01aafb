namespace Grpc.AspNetCore.Server;

/// <summary>How one service answers; begins as a copy of what holds for all.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class;
