namespace Grpc.Core;

/// <summary>Adds what a call needs to be let in to its headers.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
