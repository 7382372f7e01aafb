# The one executable with everything in it. Build: docker build -t maestro-telemetry .
# Both versions are pinned; take the newest patch of .NET 10 for a release of your own.
ARG DOTNET_SDK=10.0.100-noble
ARG DOTNET_RUNTIME=10.0.0-noble

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET_SDK} AS build
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt global.json .editorconfig ./
COPY protos protos
COPY src src
RUN dotnet publish src/Maestro.Telemetry.Cli/Maestro.Telemetry.Cli.csproj --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET_RUNTIME}
COPY --from=build /app /app
COPY docs/deploy/compose/healthcheck.sh /app/healthcheck.sh

# The user of the base image, 1654: not root. The directory is its own, and so is a new volume in its place.
RUN install --directory --owner=$APP_UID --group=$APP_UID --mode=700 /var/lib/maestro
USER $APP_UID
WORKDIR /var/lib/maestro
VOLUME /var/lib/maestro
ENV DOTNET_EnableDiagnostics=0
EXPOSE 50051 8080 4317 4318

# SIGTERM hands over what is held and stores what was taken: allow it a minute.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["bash", "/app/healthcheck.sh"]
ENTRYPOINT ["/app/maestro"]
CMD ["serve", "--config", "/etc/maestro/maestro.json", "--data", "/var/lib/maestro"]
