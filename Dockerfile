# The program as a container image; deploy/README.md says how to run it, eng/clean-root tries these very lines.
#   docker build --tag digitizer .
# The runtime comes with the program: there are no Debian images of .NET 10, and pages are read with Debian's Tesseract.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY eng/BannedSymbols.txt eng/
COPY src src
RUN dotnet publish src/Digitizer.Worker -a "$TARGETARCH" -p:PublishProfile=standalone -p:PathMap=/source/=/digitizer/ -nodeReuse:false --nologo -o /program

FROM debian:12-slim
LABEL org.opencontainers.image.title="Digitizer" \
      org.opencontainers.image.description="Turns scanned Vietnamese papers into searchable PDF/A and files them in dossiers"

# What eng/setup.sh names for running; certificates and TLS for other systems; the time zones of Service:DailyAt; and tini,
# which as process 1 reaps what is left of page-workers that were killed.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        libtesseract5 liblept5 libqpdf29 libicu72 tesseract-ocr-vie bubblewrap poppler-utils qpdf fonts-croscore util-linux \
        ca-certificates libssl3 tzdata tini \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/apt /var/log/dpkg.log \
    && groupadd --gid 10001 digitizer \
    && useradd --uid 10001 --gid digitizer --home-dir /var/lib/digitizer --no-create-home --shell /usr/sbin/nologin digitizer \
    && install --directory --owner=digitizer --group=digitizer --mode=0700 /var/lib/digitizer

COPY --from=build /program /opt/digitizer
COPY deploy/health-check /usr/local/bin/digitizer-health
RUN ln -s /opt/digitizer/Digitizer.Worker /usr/local/bin/digitizer

# No sockets and files for debuggers: the root file system is read-only, and nobody but the service writes into its /tmp.
ENV DOTNET_EnableDiagnostics=0 LANG=C.UTF-8
USER 10001:10001
WORKDIR /var/lib/digitizer
VOLUME ["/var/lib/digitizer", "/tmp"]
EXPOSE 8480
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["digitizer-health"]
ENTRYPOINT ["tini", "--", "digitizer"]
CMD ["serve", "--config", "/etc/digitizer/digitizer.json"]
