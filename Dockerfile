# The PostgreSQL parser is C: the image is built where a compiler is, and runs
# where none is.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -ldflags="-s -w" -o /policylint ./cmd/policylint

FROM debian:bookworm-slim
# Certificates for databases that are reached over TLS, git for --since.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates git \
 && rm -rf /var/lib/apt/lists/* \
 && git config --system --add safe.directory '*' \
 && useradd --create-home policylint
COPY --from=build /policylint /usr/local/bin/policylint
USER policylint
WORKDIR /work
ENTRYPOINT ["policylint"]
CMD ["lint"]
