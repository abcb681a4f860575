package io.tokenguard.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans of decisions, by the OpenTelemetry SDK. */
class ObservationsTest {
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final TestIssuer issuer = TestIssuer.start();
    private final TokenGuard guard = TokenGuard.builder()
            .issuer(TrustedIssuer.builder(issuer.issuer())
                    .audience("https://api.example.com")
                    .build())
            .route("/orders/* authenticated")
            .observer(new TokenGuardObservations(registry))
            .build();

    ObservationsTest() {
        registry.observationConfig()
                .observationHandler(new DefaultTracingObservationHandler(
                        new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), event -> {})));
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
        provider.close();
    }

    private Decision decide(String token) {
        return guard.decide(IncomingRequest.builder("GET", "/orders/canary-path")
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(
                        (Map.Entry<AttributeKey<?>, Object> entry) ->
                                entry.getKey().getKey(),
                        entry -> String.valueOf(entry.getValue())));
    }

    @Test
    void areChildrenOfTheServersSpan() {
        Observation server =
                Observation.createNotStarted("http.server.requests", registry).contextualName("server");
        Decision decision = server.observe(() -> decide(issuer.token().sign()));
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        SpanData decided = span("tokenguard.decide");
        assertThat(decided.getParentSpanId()).isEqualTo(span("server").getSpanId());
        assertThat(decided.getTraceId()).isEqualTo(span("server").getTraceId());
    }

    @Test
    void namesOutcomeRouteAndIssuer() {
        assertThat(decide(issuer.token().sign())).isInstanceOf(Decision.Granted.class);
        assertThat(attributes(span("tokenguard.decide")))
                .containsEntry("outcome", "granted")
                .containsEntry("reason", "none")
                .containsEntry("route", "/orders/*")
                .containsEntry("issuer", issuer.issuer())
                .containsEntry("error.type", "none");
    }

    @Test
    void namesTheReasonOfARefusal() {
        assertThat(decide("junk")).isInstanceOf(Decision.Refused.class);
        assertThat(attributes(span("tokenguard.decide")))
                .containsEntry("outcome", "refused")
                .containsEntry("reason", "token_malformed")
                .containsEntry("issuer", "none");
    }

    @Test
    void namesWhatMakesADecisionImpossible() {
        issuer.goDown();
        guard.reconfigure(TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://unreachable.invalid")
                        .audience("https://api.example.com")
                        .build())
                .route("/orders/* authenticated")
                .observer(new TokenGuardObservations(registry)));
        assertThat(decide(issuer.token().issuer("https://unreachable.invalid").sign()))
                .isInstanceOf(Decision.Refused.class);
        assertThat(attributes(span("tokenguard.decide")))
                .containsEntry("outcome", "unavailable")
                .containsEntry("error.type", "keys_unavailable");
    }

    @Test
    void containsNothingOfATokenOrARequest() {
        String token = issuer.token()
                .subject("canary-subject")
                .clientId("canary-client")
                .sign();
        assertThat(decide(token)).isInstanceOf(Decision.Granted.class);
        assertThat(decide("canary-token")).isInstanceOf(Decision.Refused.class);
        List<SpanData> spans = exporter.getFinishedSpanItems();
        assertThat(spans).hasSize(2);
        assertThat(spans.toString()).doesNotContain("canary", "eyJ");
    }
}
