namespace Maestro.Telemetry.Server.Listening;

internal static class SurfaceExtensions
{
    extension(IApplicationBuilder app)
    {
        /// <summary>Hides what does not belong to the surface that a request came to, as if it did not exist.</summary>
        public void UseSurfaces() => app.Use((context, next) =>
        {
            if (context.IsHidden)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return next(context);
        });
    }

    extension<TBuilder>(TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>The endpoint is found on these surfaces only.</summary>
        public TBuilder OnSurface(Surface surfaces) => endpoint.WithMetadata(new SurfaceMetadata(surfaces));
    }

    extension(HttpContext context)
    {
        // A connection without a surface comes from inside the process.
        private bool IsHidden =>
            context.Features.Get<SurfaceFeature>() is { } reached
            && context.GetEndpoint()?.Metadata.GetMetadata<SurfaceMetadata>() is { } wanted
            && (wanted.Surfaces & reached.Surface) == 0;
    }
}
