namespace Grpc.Core;

/// <summary>Carries a server call's deadline and cancellation to calls made for it.</summary>
public abstract class ContextPropagationToken
{
    private protected ContextPropagationToken()
    {
    }
}
