"""Nothing is recorded of a request for any collector, even where a program has set one up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.telemetry import TelemetryConfig
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.testclient import TestClient

from app import main
from app.settings import Settings
from tests.api.people import ORIGIN


class Collector:
    """Spans, metrics and logs, each kept in memory."""

    def __init__(self) -> None:
        self.spans = InMemorySpanExporter()
        self.records = InMemoryLogRecordExporter()  # type: ignore[no-untyped-call]
        self.reader = InMemoryMetricReader()
        self.tracing, self.logging = TracerProvider(), LoggerProvider()
        self.tracing.add_span_processor(SimpleSpanProcessor(self.spans))
        self.logging.add_log_record_processor(SimpleLogRecordProcessor(self.records))
        self.metering = MeterProvider([self.reader])

    def found(self) -> list[str]:
        """Which kinds something was recorded of."""
        kinds = {
            "spans": self.spans.get_finished_spans(),
            "metrics": self.reader.get_metrics_data(),
            "logs": self.records.get_finished_logs(),
        }
        return [name for name, kept in kinds.items() if kept]


@pytest.fixture
def collector() -> Iterator[Collector]:
    kept = Collector()
    yield kept
    kept.tracing.shutdown()
    kept.metering.shutdown()
    kept.logging.shutdown()


def ask(config: TelemetryConfig, data_dir: Path, release: Path, collector: Collector) -> list[str]:
    """A few requests, the last of them wrong, to a server whose collector is ours."""
    providers: TelemetryConfig = {
        "tracer_provider": collector.tracing,
        "meter_provider": collector.metering,
        "logger_provider": collector.logging,
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(main, "NO_TELEMETRY", {**config, **providers})
        settings = Settings(_env_file=None, data_dir=data_dir, public_origin=ORIGIN)
        app = main.create_app(settings, release)
    with TestClient(app, base_url=ORIGIN) as client:
        client.get("/api/v1/content")
        client.get("/now")
        client.get("/api/v1/content?language=tlh")
    return collector.found()


def test_nothing_is_recorded(data_dir: Path, small_release: Path, collector: Collector) -> None:
    assert ask(main.NO_TELEMETRY, data_dir, small_release, collector) == []


def test_left_on_it_would_record_all_three(
    data_dir: Path, small_release: Path, collector: Collector
) -> None:
    assert ask({}, data_dir, small_release, collector) == ["spans", "metrics", "logs"]


def test_the_environment_cannot_turn_it_on(
    data_dir: Path, small_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    settings = Settings(_env_file=None, data_dir=data_dir, public_origin=ORIGIN)
    app = main.create_app(settings, small_release)
    assert app._telemetry["auto_configure"] is False
    with TestClient(app, base_url=ORIGIN) as client:
        assert client.get("/healthz").status_code == 200
